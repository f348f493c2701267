import { setTimeout as wait } from "node:timers/promises";
import { Client, type PoolConfig } from "pg";
import { pino } from "pino";
import { DETECTOR } from "#detector/detector";
import { flagSkippedLookBacks } from "#detector/flag-skipped-look-backs";
import { startFollowers } from "#doors/worker/start-followers";
import { startSequencer } from "#doors/worker/start-sequencer";
import { follow } from "#log/follow";
import type { Follower } from "#log/follower";
import { townsBehind } from "#log/queries";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { caughtUp } from "./crowd.ts";
import type { Ledger } from "./ledgers.ts";
import { median } from "./measure.ts";
import { connectionOf } from "./plan.ts";
import { TOWN } from "./place.ts";

const LOOKS = 200;

/** Milliseconds that the detector takes to find that nothing is new, half of the times; beside the running program. */
export async function measureIdleDetector(ledger: Ledger): Promise<number> {
  const connection = await connectionOf(ledger);
  const client = new Client(connection);
  await client.connect();
  await caughtUp(client);
  await client.end();
  const db = openDatabase(connection);
  try {
    const keys = { algorithms: "international" as const, for: () => Buffer.alloc(32) };
    const town: Town = { id: TOWN, db, keys, blobs: openBlobs("/nonexistent") };
    const times: number[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      const began = performance.now();
      await townsBehind(db, DETECTOR);
      await flagSkippedLookBacks(town, new Date());
      times.push(performance.now() - began);
    }
    return median(times);
  } finally {
    await db.destroy();
  }
}

export type FollowMeasured = {
  /** Events a second that a follower is handed, one that does nothing with them, over the whole log. */
  readonly rate: number;
  /** Milliseconds from an event to its being taken, 99 of 100, while a thousand happen every second. */
  readonly lagP99Ms: number;
};

const LAG_SECONDS = 10;
const BATCHES_A_SECOND = 50;
const A_BATCH = 20;

/** On a log whose events have their places. */
export async function measureFollowing(town: Town, notary: Notary, connection: PoolConfig, leaves: number): Promise<FollowMeasured> {
  const idle: Follower = { name: "bench-idle", verbs: null, most: 1000, take: async () => undefined };
  const began = performance.now();
  for (let passed: number | null = null; passed !== 0;) passed = await follow(town, new Date(), idle);
  const rate = (leaves / (performance.now() - began)) * 1000;
  return { rate, lagP99Ms: await lag(town, notary, connection) };
}

async function lag(town: Town, notary: Notary, connection: PoolConfig): Promise<number> {
  const lags: number[] = [];
  const watch: Follower = {
    name: "bench-idle",
    verbs: null,
    most: 1000,
    take: async (_town, _at, events) => {
      for (const { at } of events) lags.push(Date.now() - at.getTime());
    },
  };
  const { db, keys, blobs } = town;
  const place = {
    db,
    keys,
    blobs,
    notary,
    log: pino({ level: "silent" }),
    now: () => new Date(),
    origin: new URL("https://bench.example"),
  };
  const following = startFollowers(place, [watch]);
  const sequencer = startSequencer(place, following.ring);
  await happenForAWhile(connection);
  while (lags.length < LAG_SECONDS * BATCHES_A_SECOND * A_BATCH) await wait(100);
  await sequencer.stop();
  await following.stop();
  return lags.toSorted((a, b) => a - b)[Math.floor(lags.length * 0.99)] ?? Number.NaN;
}

/** A thousand events a second, twenty at a time. */
async function happenForAWhile(connection: PoolConfig): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    const began = performance.now();
    for (let batch = 0; batch < LAG_SECONDS * BATCHES_A_SECOND; batch += 1) {
      await wait(Math.max(0, began + (batch * 1000) / BATCHES_A_SECOND - performance.now()));
      await client.query(
        `select audit.append_events('bench', jsonb_agg(jsonb_build_object('id', uuidv7(), 'verb', 'problem.me-too',
           'actor_kind', 'resident', 'at', clock_timestamp(),
           'subject_kind', 'problem', 'subject', uuidv7(), 'body', '{"facts":{"count":' || n || '},"words":{}}')))
         from generate_series(1, $1::int) n`,
        [A_BATCH],
      );
    }
  } finally {
    await client.end();
  }
}
