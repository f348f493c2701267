import { sql } from "kysely";
import { REMADE, SEARCH_MADE } from "#platform/search-words";
import { takeInOrder } from "#platform/lock-order";
import { transact, type Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import type { Report } from "./queries.ts";
import { searchVectorOf } from "./search-vector.ts";

/** By the clock, as `remakeProblemSearch`: reports whose words were made in an earlier way. Returns how many were made. */
export async function remakeReportSearch(town: Town): Promise<number> {
  return untilNoneIsLeft(REMADE.atOnce, () => transact(town, remakeSome), REMADE.inOneRun);
}

async function remakeSome(town: Town): Promise<number> {
  takeInOrder("report");
  const reports = await town.db
    .selectFrom("intake.report")
    .select(["id", "title", "details", "place", "village"])
    .where("town", "=", town.id)
    .where("search_made", "<", SEARCH_MADE)
    .orderBy("id")
    .limit(REMADE.atOnce)
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  for (const report of reports) await remake(town, report);
  return reports.length;
}

/** At once, for a report whose row the caller holds: its words are others now. */
export async function remakeSearchOf(town: Town, id: string): Promise<void> {
  const report = await town.db
    .selectFrom("intake.report")
    .select(["id", "title", "details", "place", "village"])
    .where("town", "=", town.id)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  await remake(town, report);
}

type Found = Pick<Report, "id" | "title" | "details" | "place" | "village">;

async function remake(town: Town, report: Found): Promise<void> {
  await town.db
    .updateTable("intake.report")
    .set({ search: sql`${searchVectorOf(town, report)}::tsvector`, search_made: SEARCH_MADE })
    .where("town", "=", town.id)
    .where("id", "=", report.id)
    .execute();
}
