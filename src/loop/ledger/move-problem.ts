import type { Updateable } from "kysely";
import type { DB } from "#platform/schema.generated";
import type { Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { LIFECYCLE, type Problem, type Status } from "./problem.ts";
import { searchColumns } from "./search-columns.ts";

type Kept = "town" | "id" | "number" | "ordinal" | "status" | "version" | "search" | "search_text" | "search_made";

/** What a command may change on a problem's row; status and version move only here. */
export type ProblemChange = Omit<Updateable<DB["ledger.problem"]>, Kept>;

/** The one place where the table of arrows decides. */
export function whyNotMove(from: Status, to: Status): RefusalCode | null {
  if (LIFECYCLE[from].includes(to)) return null;
  return from === "closed" ? "problem/closed" : "problem/wrong-status";
}

/** Moves a locked problem along an arrow, with what changes on the way. Returns the new version. */
export async function moveProblem(town: Town, problem: Problem, to: Status, change: ProblemChange): Promise<number> {
  refuse(whyNotMove(problem.status, to));
  return write(town, problem, { ...change, status: to });
}

/** Changes a locked problem where it stands. Returns the new version. */
export async function changeProblem(town: Town, problem: Problem, change: ProblemChange): Promise<number> {
  return write(town, problem, change);
}

async function write(town: Town, problem: Problem, change: ProblemChange & { readonly status?: Status }): Promise<number> {
  const version = problem.version + 1;
  const { measures, goal, leaders, unit } = change;
  const reworded = measures !== undefined || goal !== undefined || leaders !== undefined || unit !== undefined;
  const words = reworded
    ? searchColumns(town, {
        ...problem,
        measures: measures ?? problem.measures,
        goal: goal ?? problem.goal,
        leaders: leaders ?? problem.leaders,
        unit: unit === undefined ? problem.unit : unit,
      })
    : {};
  await town.db
    .updateTable("ledger.problem")
    .set({ ...change, ...words, version })
    .where("town", "=", town.id)
    .where("id", "=", problem.id)
    .execute();
  return version;
}
