import type { Directory } from "#publication/directory";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { candidateChoice, type Alike } from "#doors/web/office/candidates";
import { keptDraft } from "#doors/web/office/office-draft";
import { faultSummary, framed, lineField, paragraphField, selectField, type Faults, type Option, type Typed } from "#doors/web/ui/field";
import { rarerIdentityFields } from "#doors/web/ui/identity-fields";
import { officeHead } from "#doors/web/ui/office";
import { numberedOptions } from "#doors/web/ui/numbered";
import type { Visit } from "#doors/web/visit";

/** The doors that end at a desk. */
export const DESK_CHANNELS = ["phone", "visit", "meeting", "box", "letter"] as const;

/** What was found; `alike` is null where it took too long to look. */
export type Similar = { readonly alike: readonly Alike[] | null };

export type CallView = {
  readonly typed: Typed;
  readonly faults: Faults;
  readonly key?: string;
  /** Null until somebody looked for similar problems. */
  readonly similar: Similar | null;
};

/** One page, top to bottom in the order in which a caller tells it; the first field has the focus. */
export function callForm(visit: Visit, names: Directory, view: CallView): Html {
  const words = visit.words.office.calls;
  const { typed, faults } = view;
  const part = (name: string, label: string) => ({ name, label, typed, faults });
  // What is told, and not by whom: that no browser keeps.
  const told = html`${titleField(visit, view)}
    ${paragraphField(visit, { ...part("details", words.details), rows: 2, required: false })}
    <div class="office-grid">
      ${selectField(visit, { ...part("category", words.category), options: categoryOptions(visit, names), none: words.setLater })}
      ${selectField(visit, { ...part("village", words.village), options: villageOptions(visit, names), none: words.anyVillage })}
      <div class="office-wide">${lineField(visit, { ...part("place", words.place), required: false })}</div>
    </div>`;
  return html`${officeHead(words.title, words.under)}
    ${faultSummary(visit, faults)}
    <form class="card office-panel office-call" id="f-form" method="post" action="/office/calls/new" data-turbo="false">
      ${formKey(view.key)}
      ${channelChoice(visit, typed["channel"] ?? "phone")}
      ${keptDraft(visit, "call", told, view.similar !== null || Object.keys(faults).length > 0)}
      <p>
        <button class="btn" type="submit" name="look" value="1" accesskey="f" formnovalidate>
          ${words.look} <kbd class="office-key">F</kbd>
        </button>
      </p>
      <similar-ones id="similar-ones" data-fields="title details village place" data-action="/office/calls/similar">
        ${view.similar === null ? "" : similarChoice(visit, names, view.similar, typed["problem"] ?? "", true)}
      </similar-ones>
      <div class="office-grid">
        ${lineField(visit, { ...part("name", words.name), required: false })}
        ${phoneField(visit, view)}
      </div>
      <p class="hint">${words.contactHint}</p>
      ${saveButton(visit, view)}
      ${rarerIdentityFields(visit, typed, faults)}
      <p class="office-note">${words.keys}</p>
    </form>`;
}

/** Ready to be pressed once nothing alike was found. */
function saveButton(visit: Visit, { similar }: CallView): Html {
  const { save } = visit.words.office.calls;
  const ready = similar?.alike?.length === 0 ? html`autofocus` : "";
  return html`<button class="btn btn-primary" type="submit" accesskey="s" ${ready}>
    ${save} <kbd class="office-key">S</kbd>
  </button>`;
}

/** The first thing heard, ready to be typed; reached by key. */
function titleField(visit: Visit, { typed, faults, similar }: CallView): Html {
  const { what, whatHint } = visit.words.office.calls;
  const ready = Object.keys(faults).length === 0 && similar === null;
  return framed(
    visit,
    { name: "title", label: what, hint: whatHint, typed, faults },
    html`<input
      class="form-control${faults["title"] === undefined ? "" : " is-invalid"}"
      id="f-title"
      name="title"
      type="text"
      value="${typed["title"] ?? ""}"
      maxlength="200"
      autocomplete="off"
      accesskey="1"
      aria-describedby="h-title${faults["title"] === undefined ? "" : " e-title"}"
      ${ready ? html`autofocus` : ""}
    >`,
  );
}

function phoneField(visit: Visit, { typed, faults }: CallView): Html {
  return framed(
    visit,
    { name: "phone", label: visit.words.office.calls.phone, required: false, typed, faults },
    html`<input
      class="form-control${faults["phone"] === undefined ? "" : " is-invalid"}"
      id="f-phone"
      name="phone"
      type="tel"
      value="${typed["phone"] ?? ""}"
      autocomplete="off"
      accesskey="2"
      ${faults["phone"] === undefined ? "" : html`aria-describedby="e-phone" aria-invalid="true"`}
    >`,
  );
}

function channelChoice(visit: Visit, chosen: string): Html {
  const { common, office } = visit.words;
  return html`<fieldset class="office-choice">
    <legend>${office.calls.channel}</legend>
    ${DESK_CHANNELS.map(
      (channel) =>
        html`<label>
          <input
            class="form-check-input"
            type="radio"
            name="channel"
            value="${channel}"
            ${channel === chosen ? html`checked` : ""}
          >${common.channels[channel]}</label>`,
    )}
  </fieldset>`;
}

/** The one it joins is chosen, or none. It takes the focus where somebody pressed to see it, never while they type. */
export function similarChoice(visit: Visit, names: Directory, { alike }: Similar, chosen: string, isAsked: boolean): Html {
  const words = visit.words.office.calls;
  const focus = isAsked ? html`tabindex="-1" autofocus` : "";
  if (alike === null) return html`<p class="similar" id="similar" ${focus}>${visit.words.common.alike.couldNotLook}</p>`;
  if (alike.length === 0) return html`<p class="similar" id="similar">${words.noSimilar}</p>`;
  return html`<fieldset class="similar field" id="similar" ${focus}>
    <legend>${words.similar}</legend>
    <p class="hint">${words.similarHint}</p>
    ${alike.map((one) => candidateChoice(visit, names, one, chosen === one.problem.id))}
    <label class="office-candidate">
      <input class="form-check-input" type="radio" name="problem" value="" ${chosen === "" ? html`checked` : ""}>
      <span>${words.notSame}</span>
    </label>
  </fieldset>`;
}

export function categoryOptions(visit: Visit, names: Directory): readonly Option[] {
  return numberedOptions(visit, names.categories);
}

/** Of what is already before everybody in the office: a problem of a sealed category would say where it came from. */
export function unsealedOptions(visit: Visit, names: Directory): readonly Option[] {
  return categoryOptions(visit, names).filter(({ value }) => names.categories.get(value)?.sealed !== true);
}

export function villageOptions(visit: Visit, names: Directory): readonly Option[] {
  return numberedOptions(visit, names.villages);
}
