import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "node:test";
import fc from "fast-check";
import { DatabaseAway } from "./away.ts";
import { together } from "./together.ts";

/** A go that answers tens, and writes down who went together. */
function written(fails: (asks: readonly number[]) => Error | null = () => null) {
  const gone: (readonly number[])[] = [];
  const go = async (asks: readonly number[]) => {
    gone.push(asks);
    await wait(1);
    const error = fails(asks);
    if (error !== null) throw error;
    return asks.map((ask) => ask * 10);
  };
  return { gone, go };
}

test("somebody alone goes at once; whoever asks meanwhile goes with the next, as many as it takes", async () => {
  const { gone, go } = written();
  const ask = together(3, go);
  assert.deepEqual(await Promise.all([1, 2, 3, 4, 5, 6].map(ask)), [10, 20, 30, 40, 50, 60]);
  assert.deepEqual(gone, [[1], [2, 3, 4], [5, 6]]);
  assert.equal(await ask(7), 70);
  assert.deepEqual(gone.at(-1), [7]);
});

test("who makes a go fail is refused alone, the others get what they asked for", async () => {
  const { gone, go } = written((asks) => (asks.includes(3) ? new Error("three is impossible") : null));
  const ask = together(10, go);
  const answers = await Promise.allSettled([1, 2, 3, 4].map(ask));
  assert.deepEqual(
    answers.map((answer) => (answer.status === "fulfilled" ? answer.value : answer.reason.message)),
    [10, 20, "three is impossible", 40],
  );
  assert.deepEqual(gone, [[1], [2, 3, 4], [2], [3], [4]]);
});

test("when the database is away, all hear of it and nothing is tried twice: it may have been kept", async () => {
  const { gone, go } = written(() => new DatabaseAway("the power went out"));
  const ask = together(10, go);
  const answers = await Promise.allSettled([1, 2, 3].map(ask));
  assert.ok(answers.every((answer) => answer.status === "rejected" && answer.reason instanceof DatabaseAway));
  assert.deepEqual(gone, [[1], [2, 3]]);
});

test("however many ask, and whenever, each is answered its own, one go after the other", async () => {
  const moments = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(moments, fc.integer({ min: 1, max: 5 }), async (asked, most) => {
      let underWay = false;
      const ask = together(most, async (asks: readonly number[]) => {
        assert.ok(!underWay && asks.length <= most);
        underWay = true;
        await wait(asks.length % 3);
        underWay = false;
        return asks.map((one) => one * 10);
      });
      const answers = await Promise.all(asked.map(async (ms, i) => wait(ms).then(() => ask(i))));
      assert.deepEqual(
        answers,
        asked.map((_, i) => i * 10),
      );
    }),
    { numRuns: 30 },
  );
});
