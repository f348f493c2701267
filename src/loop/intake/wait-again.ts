import type { Town } from "#platform/town";

/**
 * Puts a report back among those that wait, in the caller's transaction, which holds its lock: what was decided is no first answer any
 * more, and the day of the first reply stays what it was.
 */
export async function waitAgain(town: Town, report: string): Promise<void> {
  await town.db
    .updateTable("intake.report")
    .set({ status: "received", problem: null, first_answered_at: null, disputed_at: null })
    .where("town", "=", town.id)
    .where("id", "=", report)
    .execute();
}
