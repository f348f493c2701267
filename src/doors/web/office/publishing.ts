import type { z } from "zod";
import { personalNumbers } from "#platform/personal-numbers";
import { openFieldsOf } from "#platform/text";
import { parse, type Parsed } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import type { Faults, Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/**
 * Parses a form whose words everybody will read. The first time numbers that lead to a person stand in it, it comes back and names
 * them; sent again they are masked, or published as written when the officer chose so.
 */
export function parseOpenly<T>(visit: Visit, schema: z.ZodType<T>, typed: { readonly [field: string]: unknown }): Parsed<T> {
  const fields = openFieldsOf(schema);
  const choice = typed["numbers"];
  if (choice === "keep") return parse(visit, schema, { ...typed, ...asWritten(fields, typed) });
  const parsed = parse(visit, schema, typed);
  if (parsed.faults !== null || choice === "mask") return parsed;
  const risks = fields.flatMap((field) => {
    const numbers = personalNumbers(textOf(typed[field]));
    return numbers.length === 0 ? [] : [[field, visit.words.common.numbers.found(numbers.map(({ masked }) => masked))] as const];
  });
  if (risks.length === 0) return parsed;
  return { value: null, faults: { numbers: visit.words.common.numbers.choose, ...Object.fromEntries(risks) } };
}

function asWritten(fields: readonly string[], typed: { readonly [field: string]: unknown }) {
  return Object.fromEntries(fields.flatMap((field) => (field in typed ? [[field, { asWritten: textOf(typed[field]) }]] : [])));
}

function textOf(typed: unknown): string {
  return typeof typed === "string" ? typed : "";
}

/** Asked only when such numbers were found; masking is what happens unless somebody decides otherwise. */
export function numbersChoice(visit: Visit, typed: Typed, faults: Faults): Html {
  const chosen = typed["numbers"] ?? "";
  if (faults["numbers"] === undefined && chosen === "") return html``;
  const words = visit.words.common.numbers;
  const way = (value: "mask" | "keep", label: string) =>
    html`<label class="form-check">
      <input
        class="form-check-input"
        type="radio"
        name="numbers"
        value="${value}"
        ${(value === "keep") === (chosen === "keep") ? html`checked` : ""}
      >
      ${label}</label>`;
  return html`<fieldset class="field" id="f-numbers">
    <legend class="form-label">${words.legend}</legend>
    ${way("mask", words.mask)}${way("keep", words.keep)}
  </fieldset>`;
}
