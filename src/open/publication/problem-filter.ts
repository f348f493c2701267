import { z } from "zod";
import { LIGHTS, STATUSES } from "#ledger/problem";
import { numberOf } from "#ledger/problem-number";
import { isBlank } from "#platform/characters";
import { wholeNumber } from "#platform/numbers";
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
  .nullish()
  .transform((typed) => (typed === undefined || typed === null || isBlank(typed) ? null : (numberOf(typed) ?? "")))
  .refine((number) => number !== "", fault("choice/unknown"));

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
  limit: wholeNumber(FEWEST, MOST).default(USUAL),
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
