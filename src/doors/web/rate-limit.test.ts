import assert from "node:assert/strict";
import { test } from "node:test";
import { rateLimit } from "./rate-limit.ts";

test("after the allowed tries the next one is told when to come back, and others are not", async () => {
  const limit = rateLimit({ tries: 3, everyMs: 60_000 });
  for (let tried = 0; tried < 3; tried++) assert.equal(await limit.whyNotTry("192.0.2.1"), null);
  const wait = await limit.whyNotTry("192.0.2.1");
  assert.ok(wait !== null && wait > 0 && wait <= 60_000);
  assert.equal(await limit.whyNotTry("192.0.2.2"), null);
});

test("a good try costs nothing", async () => {
  const limit = rateLimit({ tries: 2, everyMs: 60_000 });
  for (let tried = 0; tried < 10; tried++) {
    assert.equal(await limit.whyNotTry("192.0.2.3"), null);
    await limit.forgive("192.0.2.3");
  }
});
