import { z } from "zod";
import { LIGHTS, STATUSES } from "#ledger/problem";
import { isBlank } from "#platform/characters";
import { wholeNumber } from "#platform/numbers";
import { choice, optionalId, optionalLine, type FieldFault } from "#platform/text";
import { ORDERS, placeTyped, type Order } from "./problem-order.ts";

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

/** Where the page before ended, or null for the first page. */
const optionalPlace = z
  .string()
  .nullish()
  .transform((typed) => (typed === undefined || typed === null || isBlank(typed) ? null : (placeTyped(typed) ?? "")))
  .refine((place) => place !== "", fault("choice/unknown"));

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
  order: optionalChoice(ORDERS)
    .transform((order) => order ?? "newest")
    .meta({ description: "urgent: by due day; waiting: the longest in hand first; what is searched for is always newest first" }),
  /** Entries behind this place, an entry's number in most. */
  before: optionalPlace,
  limit: wholeNumber(FEWEST, MOST).default(USUAL),
});
export type ProblemFilter = z.infer<typeof ProblemFilter>;

/** The whole ledger from its newest entry. */
export const WHOLE_LEDGER: ProblemFilter = ProblemFilter.parse({});

/** What is searched for stands newest first: by its matches alone no page of another order fills. */
export function orderOf({ q, order }: ProblemFilter): Order {
  return q === "" ? order : "newest";
}

/** The filter as the one query string that stands for it; empty for the whole ledger. Without a leading `?`. */
export function filterQuery(filter: ProblemFilter): string {
  const query = new URLSearchParams();
  for (const name of ["theme", "status", "light", "unit", "village", "campaign", "category", "q", "before"] as const) {
    const value = filter[name];
    if (value !== null && value !== "") query.set(name, value);
  }
  if (orderOf(filter) !== "newest") query.set("order", filter.order);
  if (filter.limit !== USUAL) query.set("limit", String(filter.limit));
  return query.toString();
}
