import assert from "node:assert/strict";
import { test } from "node:test";
import { DatabaseAway } from "./away.ts";
import { lineOf } from "./line.ts";

test("work is done in the order it came, never more at once than there are places", async () => {
  const line = lineOf(3, 10_000);
  let atOnce = 0;
  const most: number[] = [];
  const done: number[] = [];
  const work = async (number: number) => {
    atOnce += 1;
    most.push(atOnce);
    await new Promise(setImmediate);
    atOnce -= 1;
    done.push(number);
  };
  const numbers = Array.from({ length: 20 }, (_, number) => number);
  await Promise.all(numbers.map((number) => line(() => work(number))));
  assert.equal(Math.max(...most), 3);
  assert.deepEqual(done, numbers);
});

test("who waited too long is told so and takes no place; work that failed gives its place on", async () => {
  const line = lineOf(1, 20);
  const over = Promise.withResolvers<void>();
  const first = line(() => over.promise);
  await assert.rejects(
    line(async () => assert.fail("done although told to come back")),
    DatabaseAway,
  );
  over.reject(new Error("of its own"));
  await assert.rejects(first, /of its own/);
  assert.equal(await line(async () => "next"), "next");
});
