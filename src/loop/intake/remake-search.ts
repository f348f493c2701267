import { sql } from "kysely";
import { SEARCH_MADE } from "#platform/search-words";
import { takeInOrder } from "#platform/lock-order";
import { transact, type Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { searchVectorOf } from "./search-vector.ts";

const MOST_AT_ONCE = 200;
const ENOUGH_FOR_ONE_RUN = 10_000;

/** By the clock, as `remakeProblemSearch`: reports whose words were made in an earlier way. Returns how many were made. */
export async function remakeReportSearch(town: Town): Promise<number> {
  return untilNoneIsLeft(MOST_AT_ONCE, () => transact(town, remakeSome), ENOUGH_FOR_ONE_RUN);
}

async function remakeSome(town: Town): Promise<number> {
  takeInOrder("report");
  const reports = await town.db
    .selectFrom("intake.report")
    .select(["id", "title", "details", "place", "village"])
    .where("town", "=", town.id)
    .where("search_made", "<", SEARCH_MADE)
    .orderBy("id")
    .limit(MOST_AT_ONCE)
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  for (const report of reports)
    await town.db
      .updateTable("intake.report")
      .set({ search: sql`${searchVectorOf(town, report)}::tsvector`, search_made: SEARCH_MADE })
      .where("town", "=", town.id)
      .where("id", "=", report.id)
      .execute();
  return reports.length;
}
