import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { FOLLOWERS } from "#doors/followers";
import { follow } from "#log/follow";
import type { Follower } from "#log/follower";
import { townsBehind } from "#log/queries";
import type { Blobs } from "#platform/blobs";
import type { Db, Keys } from "#platform/town";

/** What following needs of the running program. */
type Place = {
  readonly db: Db;
  readonly keys: Keys;
  readonly blobs: Blobs;
  readonly log: Logger;
  readonly now: () => Date;
};

export type Following = {
  /** Events got their places: followers look at once. */
  readonly ring: () => void;
  /** Ends after the batches under way. */
  stop(): Promise<void>;
};

/** Nobody rings when another program gave the places. */
const LOOK_MS = 1000;
const AFTER_TROUBLE_MS = 2000;

/**
 * Lets every follower go after every town's log, for as long as the program runs, beginning with what came while it did not. Each
 * follower walks by itself, and a town it has trouble with waits without keeping it from the others.
 */
export function startFollowers(place: Place, followers: readonly Follower[] = FOLLOWERS): Following {
  const bell = aBell();
  const stopped = new AbortController();
  const walks = followers.map((follower) => walk(place, follower, bell, stopped.signal));
  return {
    ring: bell.ring,
    async stop() {
      stopped.abort();
      bell.ring();
      await Promise.all(walks);
    },
  };
}

async function walk(place: Place, follower: Follower, bell: Bell, signal: AbortSignal): Promise<void> {
  const resting = new Map<string, number>();
  while (!signal.aborted) {
    const rung = bell.next();
    const passed = await round(place, follower, resting, signal);
    if (passed === 0) await Promise.race([rung, wait(LOOK_MS, undefined, { ref: false })]);
  }
}

/** A batch of every town that is behind; how many leaves were passed. A town with trouble rests, until the moment noted. */
async function round(place: Place, follower: Follower, resting: Map<string, number>, signal: AbortSignal): Promise<number> {
  let passed = 0;
  for (const id of await behind(place, follower)) {
    if (signal.aborted || performance.now() < (resting.get(id) ?? 0)) continue;
    try {
      passed += (await follow({ id, db: place.db, keys: place.keys, blobs: place.blobs }, place.now(), follower)) ?? 0;
      resting.delete(id);
    } catch (error) {
      place.log.error({ err: error, town: id, follower: follower.name }, "couldn't follow the log; trying again");
      resting.set(id, performance.now() + AFTER_TROUBLE_MS);
    }
  }
  return passed;
}

async function behind({ db, log }: Place, follower: Follower): Promise<readonly string[]> {
  try {
    return await townsBehind(db, follower);
  } catch (error) {
    log.error({ err: error, follower: follower.name }, "couldn't ask which logs have gone on; trying again");
    return [];
  }
}

type Bell = { readonly ring: () => void; readonly next: () => Promise<void> };

/** `next` is asked for before looking, so that no ringing while one looks is missed. */
function aBell(): Bell {
  let rung = Promise.withResolvers<void>();
  return {
    ring() {
      rung.resolve();
      rung = Promise.withResolvers<void>();
    },
    next: () => rung.promise,
  };
}
