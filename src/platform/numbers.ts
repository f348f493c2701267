import { z } from "zod";
import { judgeable, LONGEST_JUDGED } from "./characters.ts";
import type { FieldFault } from "./text.ts";

/**
 * The number somebody typed, or null: digits of any width, a sign, a decimal point, nothing else. A blank is no number, and neither is
 * `1e3` or `0x10` (`Number("")`, `Number([])` and `Number(null)` are 0: never use them on what comes from outside).
 */
export function numberTyped(typed: unknown): number | null {
  if (typeof typed === "number") return Number.isFinite(typed) ? typed : null;
  if (typeof typed !== "string" || typed.length > LONGEST_JUDGED) return null;
  const text = judgeable(typed).replace(/^\u2212/, "-");
  return /^[+-]?\d{1,15}(\.\d{1,20})?$/.test(text) ? Number(text) : null;
}

/** A whole number within bounds, as text from a form or an address, or as a number from a program; a fault says the bounds. */
export function wholeNumber(least: number, most: number, code: FieldFault = "number/impossible") {
  return z
    .union([z.string(), z.number()], { error: code })
    .transform((typed) => numberTyped(typed) ?? Number.NaN)
    .refine((number) => Number.isSafeInteger(number) && number >= least && number <= most, { error: code, params: { least, most } });
}

/** The same, or null where nothing is typed. */
export function optionalWholeNumber(least: number, most: number) {
  return z
    .union([z.string(), z.number()], { error: "number/impossible" satisfies FieldFault })
    .nullish()
    .transform((typed) => (isNone(typed) ? null : (numberTyped(typed) ?? Number.NaN)))
    .refine((number) => number === null || (Number.isSafeInteger(number) && number >= least && number <= most), {
      error: "number/impossible" satisfies FieldFault,
    });
}

const POSITION: FieldFault = "position/impossible";

/** Degrees on WGS 84; absent, empty and blank are null. */
export const longitude = degrees(180);
export const latitude = degrees(90);

function degrees(most: number) {
  return z
    .union([z.string(), z.number()], { error: POSITION })
    .nullish()
    .transform((typed) => (isNone(typed) ? null : (numberTyped(typed) ?? Number.NaN)))
    .refine((value) => value === null || Math.abs(value) <= most, { error: POSITION });
}

function isNone(typed: string | number | null | undefined): boolean {
  return typed === null || typed === undefined || (typeof typed === "string" && typed.length <= LONGEST_JUDGED && judgeable(typed) === "");
}

type Placed = { readonly lon: number | null; readonly lat: number | null };

/** Half a position is none: `schema.refine(isWholePosition, HALF_A_POSITION)` on every object that has both. */
export function isWholePosition({ lon, lat }: Placed): boolean {
  return (lon === null) === (lat === null);
}

export const HALF_A_POSITION = { error: POSITION, path: ["lat"] };

/** Degrees as an event's fact, which holds no fractions, and back without a loss. */
export function writtenDegrees(degrees: number | null): string | null {
  return degrees === null ? null : String(degrees);
}

export function readDegrees(written: string | null | undefined): number | null | undefined {
  return typeof written === "string" ? Number(written) : written;
}
