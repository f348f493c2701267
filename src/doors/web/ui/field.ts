import type { FieldFault } from "#platform/text";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** What was typed, by field name, exactly as it came: pages show it again when something is wrong. */
export type Typed = { readonly [field: string]: string };
/** What is wrong, by field name, already in the reader's words. */
export type Faults = { readonly [field: string]: string };

export type FieldParts = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly typed: Typed;
  readonly faults: Faults;
  /** What somebody else saved since the page was drawn; said beside the field where it is not what was typed. */
  readonly now?: Typed;
  readonly required?: boolean;
};

/** The summary at the top of a faulty form: takes the focus, each line leads to its field (WCAG 3.3.1). */
export function faultSummary(visit: Visit, faults: Faults): Html {
  const entries = Object.entries(faults);
  if (entries.length === 0) return html``;
  return html`<div class="alert alert-danger fault-summary" role="alert" tabindex="-1" autofocus>
    <h2>${visit.words.common.problemTitle}</h2>
    <ul>
      ${entries.map(
        ([name, fault]) =>
          html`<li>
            <a href="#f-${name}">${fault}</a>
          </li>`,
      )}
    </ul>
  </div>`;
}

export function lineField(
  visit: Visit,
  field: FieldParts & { readonly type?: "text" | "tel" | "date" | "password" | "search"; readonly autocomplete?: string },
): Html {
  return framed(
    visit,
    field,
    html`<input
      class="form-control${invalid(field)}"
      id="f-${field.name}"
      name="${field.name}"
      type="${field.type ?? "text"}"
      value="${field.typed[field.name] ?? ""}"
      ${described(field)}
      autocomplete="${field.autocomplete ?? "off"}"
    >`,
  );
}

export function paragraphField(visit: Visit, field: FieldParts & { readonly rows?: number }): Html {
  return framed(
    visit,
    field,
    html`<textarea
      class="form-control${invalid(field)}"
      id="f-${field.name}"
      name="${field.name}"
      rows="${field.rows ?? 5}"
      ${described(field)}
    >
${field.typed[field.name] ?? ""}</textarea>`,
  );
}

export type Option = {
  readonly value: string;
  readonly label: string;
  /** No longer to be chosen: it stands only where it was chosen before, marked, and is refused (`faultsOfChoices`). */
  readonly retired?: boolean;
  /** Its place in the settings, the same in every list: it stands before the name and is a key (browser/pick-by-key.ts). */
  readonly number?: number;
  /** The first letters of its name, which are keys too. */
  readonly initials?: string;
  /** Under which heading it stands; those of one heading stand together. */
  readonly group?: string;
};

/**
 * A list to choose from; `none` is the label of the empty choice. What was chosen stays chosen even when it is no longer of
 * the list: a browser would take the first one instead, and nobody would see it.
 */
export function selectField(visit: Visit, field: FieldParts & { readonly options: readonly Option[]; readonly none?: string }): Html {
  const chosen = field.typed[field.name] ?? "";
  const none = field.none === undefined ? [] : [{ value: "", label: field.none }];
  return framed(
    visit,
    field,
    html`<select class="form-select${invalid(field)}" id="f-${field.name}" name="${field.name}" ${described(field)}>
      ${optionTags(visit, [...none, ...field.options], chosen)}
    </select>`,
    [...none, ...field.options].find(({ value }) => value === savedOf(field))?.label.trim(),
  );
}

/** The choices inside of a `<select>`. */
export function optionTags(visit: Visit, options: readonly Option[], chosen: string): readonly Html[] {
  const groups = Map.groupBy(offered(visit, options, chosen), ({ group }) => group);
  return [...groups].map(([group, listed]) => {
    const tags = listed.map((option) => optionTag(option, option.value === chosen));
    return group === undefined ? html`${tags}` : html`<optgroup label="${group}">${tags}</optgroup>`;
  });
}

function optionTag({ value, label, number, initials }: Option, isChosen: boolean): Html {
  const named = number === undefined ? label : `${number} ${label}`;
  const keys = [
    number === undefined ? "" : html` data-number="${number}"`,
    initials === undefined ? "" : html` data-initials="${initials}"`,
  ];
  return html`<option${keys} value="${value}"${isChosen ? html` selected` : ""}>${named}</option>`;
}

function offered(visit: Visit, options: readonly Option[], chosen: string): readonly Option[] {
  const { noLonger } = visit.words.common;
  const listed = options
    .filter(({ value, retired }) => retired !== true || value === chosen)
    .map((option) => (option.retired === true ? { value: option.value, label: noLonger(option.label) } : option));
  const isListed = chosen === "" || listed.some(({ value }) => value === chosen);
  return isListed ? listed : [{ value: chosen, label: noLonger("") }, ...listed];
}

/** Beside each list of which something was chosen that it no longer has. */
export function faultsOfChoices(visit: Visit, typed: Typed, lists: { readonly [name: string]: readonly Option[] }): Faults {
  const gone = Object.entries(lists).filter(([name, options]) => {
    const chosen = typed[name] ?? "";
    return chosen !== "" && !options.some(({ value, retired }) => value === chosen && retired !== true);
  });
  return Object.fromEntries(gone.map(([name]) => [name, visit.words.common.chooseAnother]));
}

/** A field with its label and whatever is said about it; `saved` words what was saved meanwhile, where that is no plain text. */
export function framed(visit: Visit, field: FieldParts, input: Html, saved?: string): Html {
  const fault = field.faults[field.name];
  return html`<div class="field">
    <label class="form-label" for="f-${field.name}">${field.label}${field.required === false ? optional(visit) : ""}</label>
    ${field.hint === undefined ? "" : html`<div class="hint" id="h-${field.name}">${field.hint}</div>`}
    ${fault === undefined ? "" : html`<div class="fault" id="e-${field.name}">${fault}</div>`}
    ${savedNote(visit, field, saved)}
    ${input}
  </div>`;
}

function optional(visit: Visit): Html {
  const word = visit.words.common.optional;
  return html` <span class="optional">${visit.lang === "en" ? `(${word})` : `（${word}）`}</span>`;
}

/** What is saved by now, where it is not what was typed; null where it is, and where nothing was saved meanwhile. */
function savedOf({ name, typed, now }: FieldParts): string | null {
  const saved = now?.[name];
  return saved === undefined || saved === typed[name] ? null : saved;
}

function savedNote(visit: Visit, field: FieldParts, said: string | undefined): Html {
  const saved = savedOf(field);
  if (saved === null) return html``;
  return html`<div class="hint" id="s-${field.name}">${visit.words.common.savedNow(said ?? saved)}</div>`;
}

function invalid(field: FieldParts): string {
  return field.faults[field.name] === undefined ? "" : " is-invalid";
}

function described(field: FieldParts): Html {
  const ids = [
    field.hint === undefined ? "" : `h-${field.name}`,
    field.faults[field.name] === undefined ? "" : `e-${field.name}`,
    savedOf(field) === null ? "" : `s-${field.name}`,
  ].filter((id) => id !== "");
  return html`${ids.length === 0 ? "" : html`aria-describedby="${ids.join(" ")}"`}
  ${field.faults[field.name] === undefined ? "" : html`aria-invalid="true"`}`;
}

/** The words of a fault, where the code is one of ours; behind it may stand what it is about (`text/unfilled {村}`). */
export function faultWords(visit: Visit, fault: string): string {
  const [code = "", ...about] = fault.split(" ");
  const faults: { readonly [code: string]: string } = visit.words.common.faults;
  return [faults[code] ?? visit.words.common.faults["text/missing" satisfies FieldFault], ...about].join(" ");
}
