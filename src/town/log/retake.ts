import { transact, type Town } from "#platform/town";
import type { Follower } from "./follower.ts";
import { eventsBetween } from "./queries.ts";
import { takeOrSetAside } from "./set-aside.ts";

/** How many events were taken after all, and how many stay set aside, with the newest reason. */
export type Retaken = { readonly taken: number; readonly left: number };

/** Gives a follower the events once more that it could not take, in the log's order, each by itself. */
export async function retake(town: Town, at: Date, follower: Follower): Promise<Retaken> {
  let [taken, left] = [0, 0];
  for (const leaf of await leavesAside(town, follower)) {
    if (await takeAgain(town, at, follower, leaf)) taken += 1;
    else left += 1;
  }
  return { taken, left };
}

async function leavesAside(town: Town, follower: Follower): Promise<readonly number[]> {
  const rows = await town.db
    .selectFrom("log.set_aside")
    .select("leaf")
    .where("town", "=", town.id)
    .where("follower", "=", follower.name)
    .orderBy("leaf")
    .execute();
  return rows.map(({ leaf }) => leaf);
}

/** Waits for the follower's own work: an event is never taken beside another. False when it failed again. */
async function takeAgain(town: Town, at: Date, follower: Follower, leaf: number): Promise<boolean> {
  return transact(town, async (town) => {
    await town.db
      .selectFrom("log.cursor")
      .select("position")
      .where("town", "=", town.id)
      .where("follower", "=", follower.name)
      .forUpdate()
      .execute();
    const { numDeletedRows } = await town.db
      .deleteFrom("log.set_aside")
      .where("town", "=", town.id)
      .where("follower", "=", follower.name)
      .where("leaf", "=", leaf)
      .executeTakeFirstOrThrow();
    const [event] = numDeletedRows === 0n ? [] : await eventsBetween(town, null, leaf, leaf + 1);
    return event === undefined || takeOrSetAside(town, at, follower, event);
  });
}
