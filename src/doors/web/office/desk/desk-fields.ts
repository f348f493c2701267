import type { RefusalCode } from "#refusals";
import { html, type Html } from "#doors/web/html";
import { framed, optionTags, selectField, type FieldParts, type Option } from "#doors/web/ui/field";
import { keptPhotos } from "#doors/web/ui/kept-photos";
import { nameOf } from "#doors/web/visit";
import type { DeskView } from "./desk-form.ts";

/** The parts of a field that every field of one form shares. */
export function part(view: DeskView, name: string, label: string, hint?: string): FieldParts {
  return { name, label, typed: view.typed, faults: view.faults, ...(hint === undefined ? {} : { hint }) };
}

/** Two lists of leaders: the first must be chosen, the second may stay empty. Both are sent as `leaders`. */
export function leaderFields(view: DeskView): Html {
  const words = view.visit.words.desk.fields;
  const options = [...view.names.officers.values()].map((officer) => ({
    value: officer.id,
    label: `${officer.name} · ${nameOf(view.visit, view.names.units.get(officer.unit))}`,
    retired: officer.disabled || !officer.duties.has("leader"),
  }));
  const [first = "", second = ""] = view.lists["leaders"] ?? view.desk.standing.problem.leaders;
  return html`${leaderSelect(view, "leaders", words.leader, words.choose, options, first)}
    ${leaderSelect(view, "leaders-2", words.secondLeader, words.none, options, second)}`;
}

function leaderSelect(view: DeskView, id: string, label: string, none: string, options: readonly Option[], chosen: string): Html {
  const faulty = id === "leaders" && view.faults["leaders"] !== undefined;
  const field = { name: id, label, typed: view.typed, faults: view.faults };
  return framed(
    view.visit,
    field,
    html`<select
      class="form-select${faulty ? " is-invalid" : ""}"
      id="f-${id}"
      name="leaders"
      ${faulty ? html`aria-describedby="e-leaders" aria-invalid="true"` : ""}
    >
      ${optionTags(view.visit, [{ value: "", label: none }, ...options], chosen)}
    </select>`,
  );
}

export function unitField(view: DeskView): Html {
  const words = view.visit.words.desk.fields;
  const options = [...view.names.units.values()].map((unit) => ({
    value: unit.id,
    label: nameOf(view.visit, unit),
    retired: unit.retired,
  }));
  const typed = { ...view.typed, unit: view.typed["unit"] ?? view.desk.standing.problem.unit ?? "" };
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
