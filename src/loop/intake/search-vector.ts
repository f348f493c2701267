import { namedVector, pairVector } from "#platform/search-words";
import type { Town } from "#platform/town";
import type { Report } from "./queries.ts";

/** What a report is found by: its words, and by id its village. */
export function searchVectorOf(
  { id: town }: Town,
  { title, details, place, village }: Pick<Report, "title" | "details" | "place" | "village">,
): string {
  return `${pairVector(town, title, details, place)} ${namedVector(town, village === null ? [] : [village])}`;
}
