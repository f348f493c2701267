import { z } from "zod";
import { isBlank, judgeable, keptWords, lengthOf } from "./characters.ts";
import { dayTyped } from "./instant.ts";
import { withoutPersonalNumbers } from "./personal-numbers.ts";

/**
 * What a door says about a field, as a code the door words. The codes are Zod's messages: every schema a person can
 * reach uses these parsers, so no English sentence of a library ever reaches a page.
 */
export type FieldFault =
  | "text/missing"
  | "text/too-long"
  | "text/not-text"
  | "text/unfilled"
  | "words/none"
  | "marks/none"
  | "day/impossible"
  | "number/impossible"
  | "choice/unknown"
  | "phone/impossible"
  | "email/impossible"
  | "position/impossible"
  | "rectangle/impossible"
  | "rectangle/none"
  | "photo/not-an-image"
  | "photo/too-large"
  | "photo/too-many"
  | "code/impossible"
  | "second-step/impossible"
  | "second-step/neither"
  | "login/impossible"
  | "prefix/impossible"
  | "calendar/impossible";

const fault = (code: FieldFault) => ({ error: code });

// NUL cannot be stored by PostgreSQL; a lone surrogate cannot be written as UTF-8, and bytes that were no UTF-8 reach us as U+FFFD:
// what was meant is lost. Other control characters are never meant.
// eslint-disable-next-line no-control-regex
const NOT_TEXT = /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/;
/** What is not kept may come along with every character, and a character takes two units of UTF-16 at most. */
const MOST_UNITS = 8;

function text(longest: number) {
  return z
    .string(fault("text/missing"))
    .refine((typed) => typed.length <= longest * MOST_UNITS, { ...fault("text/too-long"), abort: true })
    .refine((typed) => typed.isWellFormed() && !NOT_TEXT.test(typed), fault("text/not-text"))
    .transform(keptWords)
    .refine((typed) => lengthOf(typed) <= longest, fault("text/too-long"));
}

function oneLine(typed: string): string {
  return typed.replaceAll(/\s+/g, " ");
}

/** Of a text in which nothing can be seen, nothing. */
function seen(typed: string): string {
  return isBlank(typed) ? "" : typed;
}

/** One line, required. */
export function line(longest: number) {
  return text(longest)
    .transform(oneLine)
    .refine((typed) => !isBlank(typed), fault("text/missing"));
}

/** One line that may be empty or absent. */
export function optionalLine(longest: number) {
  return optionalParagraph(longest).transform(oneLine);
}

/** Several lines, required. */
export function paragraph(longest: number) {
  return text(longest).refine((typed) => !isBlank(typed), fault("text/missing"));
}

/** Several lines that may be empty or absent. */
export function optionalParagraph(longest: number) {
  return text(longest).transform(seen).default("");
}

/** A name for machines (a login, a code, a prefix), however it was typed: judged, and kept as it was judged. */
export function codeName(pattern: RegExp, code: FieldFault, cased: (typed: string) => string = (typed) => typed) {
  return z
    .string(fault("text/missing"))
    .max(LONGEST_CODE_NAME, fault(code))
    .transform((typed) => cased(judgeable(typed)))
    .refine((typed) => pattern.test(typed), fault(code));
}

const LONGEST_CODE_NAME = 1000;

const opened = new WeakSet<z.ZodType>();

/**
 * A text that everybody will read: numbers that lead to a person are masked in it, unless the door was told to publish them and
 * hands over `{ asWritten }` (a public telephone, say).
 */
export function openly(schema: z.ZodType<string, string>) {
  return marked(written().pipe(schema));
}

/** The same of one line that may be empty or absent. */
export function openLineIfAny(longest: number) {
  return marked(written().pipe(text(longest).transform(seen).transform(oneLine)).default(""));
}

/** The same of several lines that may be empty or absent. */
export function openParagraphIfAny(longest: number) {
  return marked(written().pipe(text(longest).transform(seen)).default(""));
}

/** Lines that everybody will read, as one text or as a list; empty lines are nothing. */
export function openLines(longest: number, most: number) {
  const typed = z.union([written().transform((text) => text.split("\n")), z.array(written())], fault("text/not-text"));
  const lines = typed.default([]).transform((lines) => lines.filter((one) => !isBlank(one)));
  return marked(lines.pipe(z.array(line(longest)).max(most, fault("text/too-long"))));
}

/** Longer than any field with all that is not kept: what nobody will read is not searched for numbers. */
const LONGEST_OPEN = 40_000;

function written() {
  const asWritten = z.object({ asWritten: z.string().max(LONGEST_OPEN, fault("text/too-long")) }).transform(({ asWritten }) => asWritten);
  return z.union(
    [z.string().max(LONGEST_OPEN, fault("text/too-long")).transform(withoutPersonalNumbers), asWritten],
    fault("text/missing"),
  );
}

function marked<T extends z.ZodType>(schema: T): T {
  opened.add(schema);
  return schema;
}

/** The fields of a schema that everybody will read. */
export function openFieldsOf(schema: z.ZodType): readonly string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const fields: { readonly [name: string]: unknown } = schema.shape;
  return Object.keys(fields).filter((name) => isOpen(fields[name]));
}

function isOpen(field: unknown): boolean {
  return field instanceof z.ZodType && opened.has(field);
}

/** A day that exists, in any way people write one; what comes out is `YYYY-MM-DD`. */
export const day = z
  .string(fault("day/impossible"))
  .transform((typed) => dayTyped(typed) ?? "")
  .refine((typed) => typed !== "", fault("day/impossible"));

/** The same where none may be meant. */
export const optionalDay = z
  .string(fault("day/impossible"))
  .transform((typed) => (isBlank(typed) ? null : (dayTyped(typed) ?? "")))
  .refine((typed) => typed !== "", fault("day/impossible"))
  .nullable()
  .default(null);

/** An id of ours, as a form or an address carries it. */
export const id = z.uuid(fault("choice/unknown"));

/** An id chosen from a list in which the empty choice means none. */
export const optionalId = z
  .union([z.literal(""), id], fault("choice/unknown"))
  .nullish()
  .transform((chosen) => (chosen === "" || chosen === undefined ? null : chosen));

export function choice<const T extends readonly [string, ...string[]]>(of: T) {
  return z.enum(of, fault("choice/unknown"));
}
