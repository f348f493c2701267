import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pino } from "pino";
import { DatabaseAway } from "#platform/away";
import type { Town } from "#platform/town";
import { aScribbler, takenBy, twoLogs } from "#test/following";
import { AT } from "#test/town";
import { startFollowers } from "./start-followers.ts";
import { startSequencer } from "./start-sequencer.ts";

const LONGEST_MS = 10_000;

async function until(what: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  while (!(await what())) {
    if (performance.now() > end) assert.fail("it never came to pass");
    await wait(20);
  }
}

/** A program that gives places and follows, with these followers, until the test ends. */
function running(t: TestContext, { town, notary }: Awaited<ReturnType<typeof twoLogs>>, followers: Parameters<typeof startFollowers>[1]) {
  const { db, keys, blobs } = town;
  const place = { db, keys, blobs, notary, log: pino({ level: "silent" }), now: () => AT, origin: new URL("https://ledger.example") };
  const following = startFollowers(place, followers);
  const sequencer = startSequencer(place, following.ring);
  const stop = async () => {
    await sequencer.stop();
    await following.stop();
  };
  t.after(stop);
  return { stop };
}

const has = (leaves: number, by: Parameters<typeof takenBy>[0], town: Town) => async () => (await takenBy(by, town)).length === leaves;

test("what happens is followed within moments, and what happened meanwhile after the next start", async (t) => {
  const its = await twoLogs(t);
  const { town, happen } = its;
  const [one, other] = [aScribbler("one"), aScribbler("other")];
  await happen(3);
  const first = running(t, its, [one, other]);
  await until(has(3, one, town));
  await happen(2);
  await until(has(5, one, town));
  await until(has(5, other, town));
  await first.stop();
  await happen(4);
  await its.integrate();
  running(t, its, [one]);
  await until(has(9, one, town));
});

test("a follower that has trouble with one town goes on with the next, and others with both", async (t) => {
  const its = await twoLogs(t);
  const { town, beside, happen } = its;
  const troubled = aScribbler("troubled", async ({ id }) => {
    if (id === beside.id) throw new DatabaseAway("as if the line was cut");
  });
  const sure = aScribbler("sure");
  running(t, its, [troubled, sure]);
  for (const one of [beside, town]) await happen(3, one);
  await until(has(3, troubled, town));
  await until(has(3, sure, beside));
  assert.deepEqual(await takenBy(troubled, beside), []);
});

test("an event of one town that can get no place does not keep the next town's from theirs", async (t) => {
  const its = await twoLogs(t);
  const { town, beside, happen, root } = its;
  const one = aScribbler("one");
  await happen(1, beside);
  await root.query("update audit.event set body = '{' where town = $1", [beside.id]);
  running(t, its, [one]);
  await happen(3);
  await until(has(3, one, town));
  assert.deepEqual(await takenBy(one, beside), []);
});
