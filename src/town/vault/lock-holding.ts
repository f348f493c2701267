import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";

/**
 * Holds what is kept of one reporter until commit: two corrections, a correction and an erasure, an erasure and a look happen one after
 * the other, each on what the one before left. False when nothing is held.
 */
export async function lockHolding(town: Town, report: string): Promise<boolean> {
  takeInOrder("holding");
  const row = await town.db
    .selectFrom("vault.holding")
    .select("report")
    .where("town", "=", town.id)
    .where("report", "=", report)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** The same where nothing may be held yet: of two first words about oneself the second waits for the first. */
export async function beginHolding(town: Town, report: string, askOn: string): Promise<void> {
  takeInOrder("holding");
  await town.db
    .insertInto("vault.holding")
    .values({ town: town.id, report, ask_on: askOn })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await lockHolding(town, report);
}

/** Nothing is held any more: the row goes with the last field. */
export async function endHolding(town: Town, report: string): Promise<void> {
  await town.db.deleteFrom("vault.holding").where("town", "=", town.id).where("report", "=", report).execute();
}
