import { sql } from "kysely";
import { shortened } from "#platform/characters";
import { isPassing } from "#platform/passing";
import type { Town } from "#platform/town";
import type { Follower, PlacedEvent } from "./follower.ts";

const LONGEST_WHY = 500;

/** Gives the follower one event, and sets it aside when that fails: nothing of it is kept but why. Says whether it was taken. */
export async function takeOrSetAside(town: Town, at: Date, follower: Follower, event: PlacedEvent): Promise<boolean> {
  await sql`savepoint one_event`.execute(town.db);
  try {
    await follower.take(town, at, [event]);
    return true;
  } catch (error) {
    if (isPassing(error)) throw error;
    await sql`rollback to savepoint one_event`.execute(town.db);
    const why = shortened(error instanceof Error ? error.message : String(error), LONGEST_WHY);
    await town.db.insertInto("log.set_aside").values({ town: town.id, follower: follower.name, leaf: event.leaf, why, at }).execute();
    return false;
  }
}
