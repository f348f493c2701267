import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import { addressOf, rateLimit } from "./rate-limit.ts";

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

test("an address is the socket's; a proxy is believed only on this machine, IPv6 counts by /64", async () => {
  const app = new Hono();
  app.get("/", (context) => context.text(addressOf(context)));
  const seenFrom = async (remoteAddress: string, forwarded?: string) =>
    (
      await app.request("/", forwarded === undefined ? {} : { headers: { "x-forwarded-for": forwarded } }, {
        incoming: { socket: { remoteAddress } },
      })
    ).text();
  assert.equal(await seenFrom("192.0.2.9"), "192.0.2.9");
  assert.equal(await seenFrom("::ffff:192.0.2.9"), "192.0.2.9");
  assert.equal(await seenFrom("192.0.2.9", "198.51.100.1"), "192.0.2.9");
  assert.equal(await seenFrom("127.0.0.1", "203.0.113.5, 198.51.100.1"), "198.51.100.1");
  assert.equal(await seenFrom("2001:db8:1:2:3:4:5:6"), await seenFrom("2001:db8:1:2::99"));
  assert.notEqual(await seenFrom("2001:db8:1:3::1"), await seenFrom("2001:db8:1:2::1"));
});
