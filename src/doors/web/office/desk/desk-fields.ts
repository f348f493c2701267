import type { RefusalCode } from "#refusals";
import { part } from "#doors/web/form/drawn";
import { leaderFields, unitsOf } from "#doors/web/form/leader-fields";
import { html, type Html } from "#doors/web/html";
import { framed, selectField, type Option } from "#doors/web/ui/field";
import { keptPhotos } from "#doors/web/ui/kept-photos";
import type { DeskView } from "./desk-form.ts";

export function leadersField(view: DeskView): Html {
  const words = view.visit.words.desk.fields;
  const chosen = view.lists["leaders"] ?? view.desk.standing.problem.leaders;
  return leaderFields({ ...view, name: "leaders", chosen, words, none: [words.choose, words.none] });
}

export function unitField(view: DeskView): Html {
  const words = view.visit.words.desk.fields;
  const typed = { ...view.typed, unit: view.typed["unit"] ?? view.desk.standing.problem.unit ?? "" };
  const options = unitsOf(view.visit, view.names);
  return selectField(view.visit, { ...part(view, "unit", words.unit), typed, options, none: words.choose });
}

/** One of a few; `refused` says why it cannot be chosen now. */
type Choice = Pick<Option, "value" | "label"> & { readonly refused?: RefusalCode | null };

/** A choice of few, as radio buttons in a fieldset; one that would be refused stays, grey, with its reason. */
export function choiceField(view: DeskView, name: string, label: string, choices: readonly Choice[]): Html {
  const fault = view.faults[name];
  return html`<fieldset class="field" id="f-${name}" ${fault === undefined ? "" : html`aria-describedby="e-${name}"`}>
    <legend class="form-label">${label}</legend>
    ${fault === undefined ? "" : html`<div class="fault" id="e-${name}">${fault}</div>`}
    ${choices.map((choice) => radio(view, name, choice))}
  </fieldset>`;
}

function radio(view: DeskView, name: string, { value, label, refused = null }: Choice): Html {
  const why = `no-${name}-${value}`;
  const isChosen = refused === null && value === view.typed[name];
  return html`<label class="form-check">
      <input
        class="form-check-input"
        type="radio"
        name="${name}"
        value="${value}"
        ${isChosen ? html`checked` : ""}
        ${refused === null ? "" : html`disabled aria-describedby="${why}"`}
      >
      <span class="form-check-label">${label}</span>
    </label>
    ${refused === null ? "" : html`<p class="hint" id="${why}">${view.visit.words.refusals.codes[refused]}</p>`}`;
}

/** Measures already done stay ticked; ticking one says it is done now. */
export function measuresDoneField(view: DeskView): Html {
  const { measures, measuresDone } = view.desk.standing.problem;
  if (measures.length === 0) return html``;
  const ticked = view.lists["measuresDone"] ?? measuresDone.map(String);
  return html`<fieldset class="field">
    <legend class="form-label">${view.visit.words.desk.fields.measuresDone}</legend>
    ${measures.map(
      (measure, position) =>
        html`<label class="form-check">
          <input
            class="form-check-input"
            type="checkbox"
            name="measuresDone"
            value="${position}"
            ${ticked.includes(String(position)) ? html`checked` : ""}
          >
          <span class="form-check-label">${measure}</span>
        </label>`,
    )}
  </fieldset>`;
}

/** New photos, and those a faulty form already brought. */
export function photosField(view: DeskView): Html {
  const words = view.visit.words.desk;
  const kept = keptPhotos(view.visit, `/office/ledger/${view.desk.standing.problem.number}/photos`, view.lists["photos"] ?? []);
  const field = part(view, "new_photos", words.newPhotos, words.newPhotosHint);
  const faulty = view.faults["new_photos"] !== undefined;
  const input = html`<input
    class="form-control${faulty ? " is-invalid" : ""}"
    type="file"
    id="f-new_photos"
    name="new_photos"
    accept="image/*"
    multiple
    aria-describedby="h-new_photos${faulty ? " e-new_photos" : ""}"
    ${faulty ? html`aria-invalid="true"` : ""}
  >`;
  return html`${kept}${framed(view.visit, field, input)}`;
}
