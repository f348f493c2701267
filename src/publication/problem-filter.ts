import { z } from "zod";
import { LIGHTS, STATUSES } from "#ledger/problem";
import { choice, optionalId, optionalLine, type FieldFault } from "#platform/text";

const FEWEST = 1;
const MOST = 100;
const USUAL = 20;

const fault = (code: FieldFault) => ({ error: code });

/** A choice that a form may leave empty. */
function optionalChoice<const T extends readonly [string, ...string[]]>(of: T) {
  return z
    .union([z.literal(""), choice(of)], fault("choice/unknown"))
    .nullish()
    .transform((chosen) => (chosen === "" || chosen === undefined ? null : chosen));
}

/** `SL-2026-0007`, or null for the first page. */
const optionalNumber = z
  .string()
  .max(30, fault("choice/unknown"))
  .refine((number) => number === "" || ordinalOf(number) !== null, fault("choice/unknown"))
  .nullish()
  .transform((number) => (number === "" || number === undefined ? null : number));

/** Which entries of the ledger, as an address asks for them: every part may be absent or empty. */
export const ProblemFilter = z.object({
  theme: optionalId,
  status: optionalChoice(STATUSES),
  light: optionalChoice(LIGHTS),
  unit: optionalId,
  village: optionalId,
  campaign: optionalId,
  category: optionalId,
  /** What to search for, as typed. */
  q: optionalLine(100),
  /** Entries older than this number. */
  before: optionalNumber,
  limit: z.coerce
    .number(fault("number/impossible"))
    .int(fault("number/impossible"))
    .min(FEWEST, fault("number/impossible"))
    .max(MOST, fault("number/impossible"))
    .default(USUAL),
});
export type ProblemFilter = z.infer<typeof ProblemFilter>;

/** The whole ledger from its newest entry. */
export const WHOLE_LEDGER: ProblemFilter = ProblemFilter.parse({});

/** The filter as the one query string that stands for it; empty for the whole ledger. Without a leading `?`. */
export function filterQuery(filter: ProblemFilter): string {
  const query = new URLSearchParams();
  for (const name of ["theme", "status", "light", "unit", "village", "campaign", "category", "q", "before"] as const) {
    const value = filter[name];
    if (value !== null && value !== "") query.set(name, value);
  }
  if (filter.limit !== USUAL) query.set("limit", String(filter.limit));
  return query.toString();
}

/** The place in the ledger that a number stands for (year × 10,000,000 + sequence), or null when it is no number of a problem. */
export function ordinalOf(number: string): number | null {
  const parts = /^[A-Z]{2,6}-(\d{4})-(\d{4,7})$/.exec(number);
  return parts === null ? null : Number(parts[1]) * YEAR + Number(parts[2]);
}

/**
 * The places a typed number may mean: `SL-2026-0007`, `2026-0007`, `0007` or `7`, in every year up to this one.
 * Empty when what was typed is not a number.
 */
export function ordinalsTyped(typed: string, thisYear: number): readonly number[] {
  const parts = /^(?:[a-z]{2,6}-?)?(?:(20\d\d)-)?(\d{1,7})$/i.exec(typed.trim());
  if (parts === null) return [];
  const sequence = Number(parts[2]);
  if (parts[1] !== undefined) return [Number(parts[1]) * YEAR + sequence];
  return Array.from({ length: YEARS_SEARCHED }, (_, ago) => (thisYear - ago) * YEAR + sequence);
}

const YEAR = 10_000_000;
const YEARS_SEARCHED = 30;
