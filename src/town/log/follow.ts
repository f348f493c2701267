import { isPassing } from "#platform/passing";
import { transact, type Town } from "#platform/town";
import { holdCursor, moveCursor } from "./cursor.ts";
import type { Follower } from "./follower.ts";
import { eventsBetween, sizeOf } from "./queries.ts";
import { takeOrSetAside } from "./set-aside.ts";

/**
 * Lets the follower take what comes next in a town's log. A batch that fails is taken again by halves, until the event that fails stands
 * alone; that one is set aside, and those behind it go on. Returns how many leaves were passed: 0 at the end of the log, null while
 * another program is at it. What is not the event's fault (the database away, the disk full) sets nothing aside and is thrown.
 */
export async function follow(town: Town, at: Date, follower: Follower): Promise<number | null> {
  return takeSome(town, at, follower, follower.most);
}

async function takeSome(town: Town, at: Date, follower: Follower, most: number): Promise<number | null> {
  try {
    return await takeNext(town, at, follower, most);
  } catch (error) {
    if (most === 1 || isPassing(error)) throw error;
    return takeSome(town, at, follower, Math.ceil(most / 2));
  }
}

/** The cursor is held until what was taken is kept. A crash before the commit loses all of it, and it is done again. */
async function takeNext(town: Town, at: Date, follower: Follower, most: number): Promise<number | null> {
  return transact(town, async (town) => {
    const position = await holdCursor(town, follower);
    if (position === null) return null;
    const end = Math.min(await sizeOf(town), position + most);
    if (end <= position) return 0;
    const events = await eventsBetween(town, follower.verbs, position, end);
    const [first] = events;
    if (most === 1 && first !== undefined) await takeOrSetAside(town, at, follower, first);
    else if (events.length > 0) await follower.take(town, at, events);
    await moveCursor(town, follower, end);
    return end - position;
  });
}
