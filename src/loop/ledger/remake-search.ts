import { REMADE, SEARCH_MADE } from "#platform/search-words";
import { takeInOrder } from "#platform/lock-order";
import { transact, type Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { PROBLEM_COLUMNS, type Problem } from "./problem.ts";
import { searchColumns } from "./search-columns.ts";

/**
 * By the clock: problems whose words were made in an earlier way are found by the present one too. Some at a time, never waiting for
 * an act under way, which makes them itself; what is left is the next run's. Returns how many were made.
 */
export async function remakeProblemSearch(town: Town): Promise<number> {
  return untilNoneIsLeft(REMADE.atOnce, () => transact(town, remakeSome), REMADE.inOneRun);
}

async function remakeSome(town: Town): Promise<number> {
  takeInOrder("problem");
  const problems = await town.db
    .selectFrom("ledger.problem as p")
    .select(PROBLEM_COLUMNS)
    .where("p.town", "=", town.id)
    .where("p.search_made", "<", SEARCH_MADE)
    .orderBy("p.id")
    .limit(REMADE.atOnce)
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  for (const problem of problems) await remake(town, problem);
  return problems.length;
}

/** At once, for a problem whose row the caller holds: its words are others now. */
export async function remakeSearchOf(town: Town, id: string): Promise<void> {
  const problem = await town.db
    .selectFrom("ledger.problem as p")
    .select(PROBLEM_COLUMNS)
    .where("p.town", "=", town.id)
    .where("p.id", "=", id)
    .executeTakeFirstOrThrow();
  await remake(town, problem);
}

async function remake(town: Town, problem: Problem): Promise<void> {
  await town.db
    .updateTable("ledger.problem")
    .set(searchColumns(town, problem))
    .where("town", "=", town.id)
    .where("id", "=", problem.id)
    .execute();
}
