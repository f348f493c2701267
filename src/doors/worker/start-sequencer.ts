import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { waitingTowns } from "#audit/take-waiting";
import type { Blobs } from "#platform/blobs";
import { CannotStart } from "#platform/cannot-start";
import type { Notary } from "#platform/notary";
import type { Db, Keys, Town } from "#platform/town";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { unsignedTowns } from "#log/queries";
import { TELLING } from "#proof/told";
import { askWitnesses } from "./ask-witnesses.ts";

/** What the sequencer needs of the running program. */
export type Bench = {
  readonly db: Db;
  readonly keys: Keys;
  readonly blobs: Blobs;
  readonly notary: Notary;
  readonly log: Logger;
  readonly now: () => Date;
  /** Where people reach us: names the logs of towns without a host name of their own. */
  readonly origin: URL;
};

export type Sequencer = {
  /** Rejects, with the sentence, when a log must not go on: the program has to stop. Never resolves. */
  readonly broken: Promise<never>;
  /** Ends after the round under way. */
  stop(): Promise<void>;
};

/** A fifth of the delay that is promised from an act to its place in the log. */
const ROUND_MS = 200;
const AFTER_TROUBLE_MS = 2000;
/** So many at once: there are more, and the next round begins without a pause. */
const MUCH = 1000;
/** Witnesses are other people's machines: asked at most this often. */
const WITNESS_MS = 10_000;

/**
 * Gives events their places, town after town, for as long as the program runs; `placed` is called when some got theirs. A town with trouble
 * rests without keeping it from the others, a database that stumbles is tried again.
 */
export function startSequencer(place: Bench, placed: () => void): Sequencer {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined); // heard by whoever awaits it; nobody may be listening yet
  const stopped = new AbortController();
  const rounds = turn(place, placed, stopped.signal).catch(broken.reject);
  const asking = watchTheWitnesses(place, stopped.signal);
  return {
    broken: broken.promise,
    async stop() {
      stopped.abort();
      await Promise.all([rounds, asking]);
    },
  };
}

/** Rejects with the sentence when a log must not go on. */
async function turn(place: Bench, placed: () => void, signal: AbortSignal): Promise<void> {
  const resting = new Map<string, number>();
  let first = true;
  while (!signal.aborted) {
    let pauseMs = ROUND_MS;
    try {
      const gained = await round(place, first, resting);
      first = false;
      if (gained > 0) placed();
      if (gained > MUCH) pauseMs = 0;
    } catch (error) {
      if (error instanceof CannotStart) throw error;
      place.log.error({ err: error }, "couldn't ask which events wait for their places; trying again");
      pauseMs = AFTER_TROUBLE_MS;
    }
    await wait(pauseMs, undefined, { signal }).catch(() => undefined); // the stop
  }
}

/**
 * One round of all towns that have something to do; the first one looks at every town's signatures. How many events got their places.
 */
async function round(place: Bench, all: boolean, resting: Map<string, number>): Promise<number> {
  const ids = all ? await allTowns(place.db) : new Set([...(await waitingTowns(place.db)), ...(await unsignedTowns(place.db))]);
  let gained = 0;
  for (const id of ids) {
    if (performance.now() < (resting.get(id) ?? 0)) continue;
    try {
      gained += await integrate(place, id);
      resting.delete(id);
    } catch (error) {
      if (error instanceof CannotStart) throw error;
      place.log.error({ err: error, town: id }, "couldn't give events their places; trying again");
      resting.set(id, performance.now() + AFTER_TROUBLE_MS);
    }
  }
  return gained;
}

async function integrate(place: Bench, id: string): Promise<number> {
  const town = townOf(place, id);
  await nameLog(town, place.notary, place.origin);
  return (await integrateEvents(town, { notary: place.notary, telling: TELLING }, place.now())) ?? 0;
}

async function watchTheWitnesses(place: Bench, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for (const id of await allTowns(place.db)) await askWitnesses(townOf(place, id), place.now(), signal);
    } catch (error) {
      place.log.error({ err: error }, "couldn't ask the witnesses");
    }
    await wait(WITNESS_MS, undefined, { signal }).catch(() => undefined); // the stop
  }
}

async function allTowns(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom("people.town").select("town").execute();
  return new Set(rows.map(({ town }) => town));
}

function townOf({ db, keys, blobs }: Bench, id: string): Town {
  return { id, db, keys, blobs };
}
