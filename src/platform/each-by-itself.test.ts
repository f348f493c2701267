import assert from "node:assert/strict";
import { test } from "node:test";
import { batchAfterBatch, eachByItself } from "./each-by-itself.ts";

test("what fails is set aside and told at the end; everything behind it is done", async () => {
  const done: number[] = [];
  const work = async (one: number) => {
    if (one === 2) throw new Error("held");
    done.push(one);
    return one !== 3;
  };
  await assert.rejects(eachByItself([1, 2, 3, 4], "count", work), (error: unknown) => {
    return error instanceof AggregateError && error.errors.length === 1 && error.message.includes("couldn't count");
  });
  assert.deepEqual(done, [1, 3, 4]);
  assert.equal(await eachByItself([1, 3, 4], "count", work), 2);
});

test("a walk in batches meets each one once, also those that failed and lie there still", async () => {
  const lying = [1, 2, 3, 4, 5, 6];
  const met: number[] = [];
  const behind = (after: number | null) => Promise.resolve(lying.filter((one) => one > (after ?? 0)).slice(0, 2));
  const held = eachByItself(batchAfterBatch(2, behind), "take", async (one) => {
    met.push(one);
    throw new Error("held");
  });
  await assert.rejects(held, AggregateError);
  assert.deepEqual(met, lying);
});
