import PgBoss from "pg-boss";
import { Pool, type PoolConfig } from "pg";
import type { Logger } from "pino";
import type { Blobs } from "#platform/blobs";
import { surviveLosses } from "#platform/database";
import type { Notary } from "#platform/notary";
import type { Db, Keys, Town } from "#platform/town";
import { DUTIES_OF_THE_CLOCK, type Chore } from "./chores.ts";

/** What the worker needs of the running program (the web door's Program has it all). */
export type Place = {
  readonly db: Db;
  readonly keys: Keys;
  readonly blobs: Blobs;
  readonly notary: Notary;
  readonly log: Logger;
  readonly now: () => Date;
};

export type Worker = {
  /** Lets the chores under way end. */
  stop(): Promise<void>;
  /** When the database is gone: nothing can be ended any more, but its clocks must not keep the process running. */
  abandon(): Promise<void>;
};

const CHINA = "Asia/Shanghai";
const DRAIN_MS = 8_000;

/**
 * Does what is due by the clock: every chore at its own time, in one process of however many run. `connection` is the owner's:
 * pg-boss keeps its own schema `pgboss`, which the application's role may not make. Chores can be done twice without harm.
 */
export async function startWorker(place: Place, connection: PoolConfig): Promise<Worker> {
  const pool = new Pool({ ...connection, max: 2, connectionTimeoutMillis: 10_000 });
  surviveLosses(pool);
  pool.on("error", (error) => place.log.warn({ err: error }, "the worker lost a connection to the database"));
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    deleteAfterHours: 24,
    archiveCompletedAfterSeconds: 3600,
  });
  boss.on("error", (error) => place.log.error({ err: error }, "the worker stumbled"));
  try {
    await oneAtATime(pool, async () => {
      await boss.start();
      for (const chore of DUTIES_OF_THE_CLOCK) await takeOn(place, boss, chore);
    });
  } catch (cause) {
    await boss.stop({ graceful: false, close: false }).catch(() => undefined);
    await pool.end();
    throw new Error("couldn't start the worker", { cause });
  }
  return {
    stop: async () => {
      await boss.stop({ graceful: true, wait: true, close: false, timeout: DRAIN_MS });
      await pool.end();
    },
    abandon: async () => {
      await boss.stop({ graceful: false, close: false }).catch(() => undefined);
      await pool.end();
    },
  };
}

/** Making queues locks tables in an order that deadlocks with another process doing the same: they take turns. */
async function oneAtATime(pool: Pool, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock(hashtextextended('sanwen/worker', 0))");
    await work();
  } finally {
    client.release(true); // the connection ends, and the lock with it
  }
}

async function takeOn(place: Place, boss: PgBoss, chore: Chore): Promise<void> {
  // "short": at most one waiting, so that a stopped program finds one job on its return, not a queue of them.
  await boss.createQueue(chore.name, { name: chore.name, policy: "short", retryLimit: 2, expireInSeconds: chore.mostSeconds ?? 300 });
  await boss.work(chore.name, { pollingIntervalSeconds: 10 }, () => doChore(place, chore));
  await boss.schedule(chore.name, chore.cron, undefined, { tz: CHINA });
}

/** One chore for every town; a town where it fails does not keep it from the others, and the job is tried again. */
export async function doChore(place: Place, chore: Chore): Promise<void> {
  const towns = await place.db.selectFrom("people.town").select("town").execute();
  let failed: unknown;
  for (const { town: id } of towns) {
    const town: Town = { id, db: place.db, keys: place.keys, blobs: place.blobs };
    try {
      await chore.work(town, place.now(), place.notary);
    } catch (error) {
      place.log.error({ err: error, town: id, chore: chore.name }, "couldn't do a chore");
      failed ??= error;
    }
  }
  if (failed !== undefined) throw new Error(`couldn't do ${chore.name} in every town`, { cause: failed });
}
