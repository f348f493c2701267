import type { Town } from "#platform/town";
import type { Follower } from "./follower.ts";

/**
 * How many leaves the follower has taken, its row held to the end of the transaction; null when somebody else holds it. A new follower
 * begins at the first leaf.
 */
export async function holdCursor(town: Town, follower: Follower): Promise<number | null> {
  const row = await town.db
    .selectFrom("log.cursor")
    .select("position")
    .where("town", "=", town.id)
    .where("follower", "=", follower.name)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row?.position ?? begin(town, follower);
}

/** Null when it began before. */
async function begin(town: Town, follower: Follower): Promise<number | null> {
  const row = await town.db
    .insertInto("log.cursor")
    .values({ town: town.id, follower: follower.name, position: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .returning("position")
    .executeTakeFirst();
  return row?.position ?? null;
}

export async function moveCursor(town: Town, follower: Follower, position: number): Promise<void> {
  await town.db.updateTable("log.cursor").set({ position }).where("town", "=", town.id).where("follower", "=", follower.name).execute();
}
