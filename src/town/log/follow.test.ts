import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { DatabaseAway } from "#platform/away";
import { openDatabase } from "#platform/database";
import { aScribbler, followToTheEnd, takenBy, twoLogs } from "#test/following";
import { AT } from "#test/town";
import { follow } from "./follow.ts";
import type { Follower } from "./follower.ts";
import { countAside, listAside, townsBehind } from "./queries.ts";
import { retake } from "./retake.ts";

const firstLeaves = (count: number) => Array.from({ length: count }, (_, leaf) => leaf);

/** Stumbles over these leaves as long as they are among them. */
function stumblingOver(leaves: Set<number>): Follower["take"] {
  return async (_town, _at, events) => {
    const bad = events.find(({ leaf }) => leaves.has(leaf));
    if (bad !== undefined) throw new Error(`couldn't take leaf ${bad.leaf}`);
  };
}

test("a follower takes each event once, in the order of the log, and goes on where it was", async (t) => {
  const { town, beside, happen, integrate } = await twoLogs(t);
  const one = aScribbler("one", undefined, 4);
  await happen(10);
  await integrate();
  assert.equal(await follow(town, AT, one), 4);
  assert.deepEqual(await takenBy(one, town), firstLeaves(4));
  await happen(3);
  await followToTheEnd(town, one);
  assert.deepEqual(await takenBy(one, town), firstLeaves(10), "what has no place yet is not taken");
  await integrate();
  assert.deepEqual(await townsBehind(town.db, one), [town.id]);
  await followToTheEnd(town, one);
  assert.deepEqual(await takenBy(one, town), firstLeaves(13));
  assert.deepEqual(await townsBehind(town.db, one), []);
  assert.deepEqual(await takenBy(one, beside), []);
});

test("one that asks for a verb passes the others unread", async (t) => {
  const { town, happen, integrate } = await twoLogs(t);
  const deaf = { ...aScribbler("deaf"), verbs: ["problem.closed"] };
  await happen(5);
  await integrate();
  assert.equal(await follow(town, AT, deaf), 5);
  assert.deepEqual(await takenBy(deaf, town), []);
});

test("killed between its work and its cursor, a follower does the work again, and it is done once", async (t) => {
  const { town, happen, integrate, root } = await twoLogs(t);
  let kills = 3;
  const killed = aScribbler("killed", async ({ db }) => {
    kills -= 1;
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
    if (kills >= 0) await root.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
  });
  await happen(20);
  await integrate();
  for (let i = 0; i < 3; i += 1) await assert.rejects(follow(town, AT, killed), DatabaseAway);
  assert.deepEqual(await takenBy(killed, town), []);
  await followToTheEnd(town, killed);
  assert.deepEqual(await takenBy(killed, town), firstLeaves(20));
  assert.deepEqual(await countAside(town.db), [], "a lost connection is no event's fault");
});

test("of two programs at once one takes, the other goes away", async (t) => {
  const { town, happen, integrate, database } = await twoLogs(t);
  const db = openDatabase({ connectionString: database, max: 4 });
  t.after(() => db.destroy());
  const one = aScribbler("one", undefined, 3);
  await happen(30);
  await integrate();
  const program = async (of: typeof town) => {
    for (let passed: number | null = null; passed !== 0;) passed = await follow(of, AT, one);
  };
  await Promise.all([program(town), program({ ...town, db }), program(town), program({ ...town, db })]);
  assert.deepEqual(await takenBy(one, town), firstLeaves(30));
});

test("an event that cannot be taken is set aside with its reason; other events, followers and towns go on", async (t) => {
  const { town, beside, happen, integrate } = await twoLogs(t);
  const bad = new Set([3, 4, 20]);
  const clumsy = aScribbler("clumsy", stumblingOver(bad));
  const sure = aScribbler("sure");
  for (const one of [town, beside]) {
    await happen(24, one);
    await integrate(one);
  }
  for (const one of [town, beside]) for (const follower of [clumsy, sure]) await followToTheEnd(one, follower);
  const others = firstLeaves(24).filter((leaf) => !bad.has(leaf));
  assert.deepEqual(await takenBy(clumsy, town), others);
  assert.deepEqual(await takenBy(clumsy, beside), others);
  assert.deepEqual(await takenBy(sure, town), firstLeaves(24));
  assert.deepEqual(
    (await listAside(town)).map(({ follower, leaf, why }) => [follower, leaf, why]),
    [...bad].map((leaf) => ["clumsy", leaf, `couldn't take leaf ${leaf}`]),
  );
  assert.deepEqual(await countAside(town.db), [
    { town: beside.id, follower: "clumsy", leaves: 3 },
    { town: town.id, follower: "clumsy", leaves: 3 },
  ]);
});

test("what was set aside is taken again when somebody says so, once", async (t) => {
  const { town, happen, integrate } = await twoLogs(t);
  const bad = new Set([2, 4]);
  const clumsy = aScribbler("clumsy", stumblingOver(bad));
  await happen(6);
  await integrate();
  await followToTheEnd(town, clumsy);
  bad.delete(4);
  assert.deepEqual(await retake(town, AT, clumsy), { taken: 1, left: 1 });
  assert.deepEqual(
    (await takenBy(clumsy, town)).toSorted((a, b) => a - b),
    [0, 1, 3, 4, 5],
  );
  bad.clear();
  const both = await Promise.all([retake(town, AT, clumsy), retake(town, AT, clumsy)]);
  assert.ok(both.every(({ left }) => left === 0));
  assert.deepEqual(
    (await takenBy(clumsy, town)).toSorted((a, b) => a - b),
    firstLeaves(6),
  );
  assert.deepEqual(await countAside(town.db), []);
});

test("however events, places, batches and crashes follow each other, each event is taken once and in order", async (t) => {
  const { town, happen, integrate, root } = await twoLogs(t);
  let crashes = false;
  const one = aScribbler(
    "one",
    async () => {
      if (crashes) throw new DatabaseAway("the power went out");
    },
    5,
  );
  const step = fc.oneof(
    fc.record({ happen: fc.integer({ min: 1, max: 9 }) }),
    fc.constantFrom("integrate", "follow", "crash", "two at once"),
  );
  let happened = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      for (const next of steps) {
        if (typeof next === "object") {
          await happen(next.happen);
          happened += next.happen;
        } else if (next === "integrate") await integrate();
        else if (next === "two at once") await Promise.all([follow(town, AT, one), integrate(), follow(town, AT, one)]);
        else {
          crashes = next === "crash";
          await follow(town, AT, one).catch((error: unknown) => assert.ok(error instanceof DatabaseAway));
          crashes = false;
        }
      }
      await integrate();
      await followToTheEnd(town, one);
      assert.deepEqual(await takenBy(one, town), firstLeaves(happened));
    }),
    { numRuns: 15 },
  );
  assert.equal((await root.query("select from log.set_aside")).rowCount, 0);
});
