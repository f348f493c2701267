import type { RefusalCode } from "#refusals";
import { part } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { framed, type Option } from "#doors/web/ui/field";
import { keptPhotos } from "#doors/web/ui/kept-photos";
import type { DeskView } from "./desk-form.ts";

/** One of a few; `refused` says why it cannot be chosen now. */
type Choice = Pick<Option, "value" | "label"> & { readonly refused?: RefusalCode | null };

type ChoiceView = Pick<DeskView, "visit" | "typed" | "faults">;

/** A choice of few, as radio buttons in a fieldset; one that would be refused stays, grey, with its reason. */
export function choiceField(view: ChoiceView, name: string, label: string, choices: readonly Choice[]): Html {
  const fault = view.faults[name];
  return html`<fieldset class="field" id="f-${name}" ${fault === undefined ? "" : html`aria-describedby="e-${name}"`}>
    <legend class="form-label">${label}</legend>
    ${fault === undefined ? "" : html`<div class="fault" id="e-${name}">${fault}</div>`}
    ${choices.map((choice) => radio(view, name, choice))}
  </fieldset>`;
}

function radio(view: ChoiceView, name: string, { value, label, refused = null }: Choice): Html {
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
export function measuresDoneField(view: DeskView, legend: string): Html {
  const { measuresDone } = view.desk.standing.problem;
  return measureTicks(view, "measuresDone", legend, view.lists["measuresDone"] ?? measuresDone.map(String));
}

/** A box for each measure, those of these positions ticked. */
export function measureTicks({ desk }: DeskView, name: string, legend: string, ticked: readonly string[]): Html {
  const { measures } = desk.standing.problem;
  if (measures.length === 0) return html``;
  return html`<fieldset class="field" id="f-${name}">
    <legend class="form-label">${legend}</legend>
    ${measures.map(
      (measure, position) =>
        html`<label class="form-check tick">
          <input
            class="form-check-input"
            type="checkbox"
            name="${name}"
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
  return html`${photosKept(view)}
    <photo-shown>${framed(view.visit, part(view, "new_photos", words.newPhotos, words.newPhotosHint), photosInput(view))}</photo-shown>`;
}

/** Before beside after: the one that is there, and the camera or the album for the other. */
export function afterPhotosField(view: DeskView): Html {
  const words = view.visit.words.desk;
  const before = view.desk.evidence.findLast(({ stage, redacted }) => stage === "before" && !redacted);
  const shown =
    before === undefined
      ? html`<p class="hint">${words.noBefore}</p>`
      : html`<img
          src="/files/${before.thumbnailSha256 ?? before.shownSha256}"
          alt="${words.stage.before} ${before.caption}"
          loading="lazy"
        >`;
  return html`<div class="plates">
      <figure class="plate">
        ${shown}
        <figcaption>${words.before}</figcaption>
      </figure>
      <photo-shown class="plate">
        <b>${words.after}</b>
        <label class="form-label" for="f-camera">${words.takePhoto}</label>
        <input class="form-control" type="file" id="f-camera" name="new_photos" accept="image/*" capture="environment">
        ${framed(view.visit, part(view, "new_photos", words.choosePhotos, words.afterHint), photosInput(view))}
      </photo-shown>
    </div>
    ${photosKept(view)}`;
}

function photosKept(view: DeskView): Html {
  return keptPhotos(view.visit, `/office/ledger/${view.desk.standing.problem.number}/photos`, view.lists["photos"] ?? []);
}

function photosInput(view: DeskView): Html {
  const faulty = view.faults["new_photos"] !== undefined;
  return html`<input
    class="form-control${faulty ? " is-invalid" : ""}"
    type="file"
    id="f-new_photos"
    name="new_photos"
    accept="image/*"
    multiple
    aria-describedby="h-new_photos${faulty ? " e-new_photos" : ""}"
    ${faulty ? html`aria-invalid="true"` : ""}
  >`;
}
