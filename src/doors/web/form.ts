import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { isId } from "#platform/ids";
import { html, type Html } from "./html.ts";
import { faultWords, type Faults, type Typed } from "./ui/field.ts";
import type { Visit } from "./visit.ts";

/** What a form sent: the words by field (several of one name as a list) and its files. */
export type Sent = {
  readonly typed: Typed;
  readonly lists: { readonly [field: string]: readonly string[] };
  readonly files: { readonly [field: string]: readonly File[] };
  readonly key: string;
};

export async function readForm(visit: Visit): Promise<Sent> {
  const sent = await visit.context.get("entry").form();
  // Maps, because a stranger names the fields: `constructor` and `__proto__` are names like any other.
  const typed = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const files = new Map<string, File[]>();
  for (const [name, value] of sent) {
    if (typeof value === "string") {
      if (!typed.has(name)) typed.set(name, value);
      push(lists, name, value);
    } else if (value.size > 0 || value.name !== "") push(files, name, value);
  }
  const key = typed.get("form_key") ?? "";
  return {
    typed: Object.fromEntries(typed),
    lists: Object.fromEntries(lists),
    files: Object.fromEntries(files),
    key: isId(key) ? key : randomUUID(),
  };
}

function push<T>(lists: Map<string, T[]>, name: string, one: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [one]);
  else list.push(one);
}

/** The hidden key that makes a form do its work once, however often it is sent. */
export function formKey(kept: string | null = null): Html {
  return html`<input type="hidden" name="form_key" value="${kept ?? randomUUID()}">`;
}

/** What a parser found: what was meant, or what is wrong, by field. */
export type Parsed<T> = { readonly value: T; readonly faults: null } | { readonly value: null; readonly faults: Faults };

/**
 * Parses what was sent: either the value, or what is wrong in the reader's words, by field. A form that is only drawn again has no value.
 */
export function parse<T>(visit: Visit, schema: z.ZodType<T>, input: unknown): Parsed<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return visit.redraws ? { value: null, faults: {} } : { value: parsed.data, faults: null };
  const faults: Record<string, string> = {};
  for (const issue of parsed.error.issues) faults[String(issue.path[0] ?? "form")] ??= faultWords(visit, issue.message);
  return { value: null, faults };
}
