import { sql } from "kysely";
import type { Town } from "#platform/town";

/**
 * The report that claimed this mark first: another sending of the same is led to it, and adds nothing, because it says nothing else.
 * Null when that one is gone (withdrawn, or its mark swept meanwhile): the mark is free again, to be claimed anew.
 */
export async function foldReport(town: Town, mark: Buffer): Promise<string | null> {
  const first = await claimedBy(town, mark);
  if (first === null) await town.db.deleteFrom("intake.sending").where("town", "=", town.id).where("sameness", "=", mark).execute();
  return first;
}

/** The report that claimed this mark, wherever it lies now; null where it was withdrawn. */
export async function claimedBy(town: Town, mark: Buffer): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select r.id from intake.sending s join lateral (
      select id, status from intake.report where town = s.town and id = s.report
      union all select id, status from intake.sealed_report where town = s.town and id = s.report
    ) r on r.status <> 'withdrawn'
    where s.town = ${town.id} and s.sameness = ${mark}`.execute(town.db);
  return rows[0]?.id ?? null;
}
