import { namedVector, SEARCH_MADE, searchText, searchVector } from "#platform/search-words";
import type { Town } from "#platform/town";
import type { Problem } from "./problem.ts";

type Found = Pick<Problem, "number" | "title" | "details" | "place" | "measures" | "goal" | "village" | "unit" | "leaders">;

/**
 * What a problem is found by: its number and its texts, and by id its village, its unit and those answerable. Whoever looks for a name
 * looks for the ids that have it now (publication/names-found.ts), so a new name finds at once, and an old one no more.
 */
export function searchColumns({ id: town }: Town, problem: Found) {
  const texts = [problem.number, problem.title, problem.details, problem.place, ...problem.measures, problem.goal];
  const named = [problem.village, problem.unit, ...problem.leaders].filter((id) => id !== null);
  return {
    search: `${searchVector(town, ...texts)} ${namedVector(town, named)}`,
    search_text: searchText(...texts),
    search_made: SEARCH_MADE,
  };
}
