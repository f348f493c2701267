import { searchText, searchVector } from "#platform/search-words";
import type { Town } from "#platform/town";
import type { Problem } from "./problem.ts";

type Found = Pick<Problem, "number" | "title" | "details" | "measures" | "goal" | "leaders">;

/** What a problem is found by: its number, its texts and the names of those answerable. */
export async function searchColumns(town: Town, problem: Found): Promise<{ readonly search: string; readonly search_text: string }> {
  const leaders =
    problem.leaders.length === 0
      ? []
      : await town.db.selectFrom("people.officer").select("name").where("town", "=", town.id).where("id", "in", problem.leaders).execute();
  const texts = [
    problem.number,
    problem.title,
    problem.details,
    ...problem.measures,
    problem.goal,
    ...leaders.map((leader) => leader.name),
  ];
  return { search: searchVector(town.id, ...texts), search_text: searchText(...texts) };
}
