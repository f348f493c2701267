import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import { addressReader } from "./address.ts";

const LOOPBACK = ["127.0.0.0/8", "::1"];

async function seenFrom(remoteAddress: string, forwarded?: string, trusted: readonly string[] = LOOPBACK): Promise<string> {
  const addressOf = addressReader(trusted);
  const app = new Hono();
  app.get("/", (context) => context.text(addressOf(context)));
  const headers = new Headers();
  if (forwarded !== undefined) headers.set("x-forwarded-for", forwarded);
  return (await app.request("/", { headers }, { incoming: { socket: { remoteAddress } } })).text();
}

test("an address is the socket's; IPv6 counts by /64, however it is written", async () => {
  assert.equal(await seenFrom("192.0.2.9"), "192.0.2.9");
  assert.equal(await seenFrom("::ffff:192.0.2.9"), "192.0.2.9");
  assert.equal(await seenFrom("2001:db8:1:2:3:4:5:6"), await seenFrom("2001:0db8:0001:0002::99"));
  assert.notEqual(await seenFrom("2001:db8:1:3::1"), await seenFrom("2001:db8:1:2::1"));
});

test("a proxy is believed only where the operator said so", async () => {
  assert.equal(await seenFrom("192.0.2.9", "198.51.100.1"), "192.0.2.9");
  assert.equal(await seenFrom("127.0.0.1", "198.51.100.1"), "198.51.100.1");
  assert.equal(await seenFrom("::1", "198.51.100.1"), "198.51.100.1");
  assert.equal(await seenFrom("10.1.2.3", "198.51.100.1"), "10.1.2.3");
  assert.equal(await seenFrom("10.1.2.3", "198.51.100.1", ["10.0.0.0/8"]), "198.51.100.1");
  assert.equal(await seenFrom("fd00::7", "198.51.100.1", ["fd00::/8"]), "198.51.100.1");
  assert.equal(await seenFrom("127.0.0.1", "198.51.100.1", ["10.0.0.0/8"]), "127.0.0.1");
});

test("several hops are counted from the right, as far as they are ours: what a visitor wrote there counts for nothing", async () => {
  assert.equal(await seenFrom("127.0.0.1", "203.0.113.5, 198.51.100.1"), "198.51.100.1");
  assert.equal(await seenFrom("127.0.0.1", "203.0.113.5, 198.51.100.1, 10.0.0.2", [...LOOPBACK, "10.0.0.0/8"]), "198.51.100.1");
  assert.equal(await seenFrom("127.0.0.1", "10.0.0.9, 10.0.0.2", [...LOOPBACK, "10.0.0.0/8"]), "10.0.0.9");
});

test("a port after the address, brackets and a zone are not part of it", async () => {
  assert.equal(await seenFrom("127.0.0.1", "198.51.100.1:5678"), "198.51.100.1");
  assert.equal(await seenFrom("127.0.0.1", "[2001:db8:1:2::1]:80"), await seenFrom("2001:db8:1:2::1"));
  assert.equal(await seenFrom("127.0.0.1", "[2001:db8:1:2::1]"), await seenFrom("2001:db8:1:2::1"));
  assert.equal(await seenFrom("127.0.0.1", "203.0.113.5, [::ffff:198.51.100.1]:443"), "198.51.100.1");
});

test("a hop that is no address ends the reading: the proxy that wrote it is whom we know", async () => {
  for (const nonsense of ["", "unknown", "_hidden", "1.2.3", "999.1.1.1", "198.51.100.1:http", "x".repeat(5000)])
    assert.equal(await seenFrom("127.0.0.1", nonsense), "127.0.0.1", nonsense.slice(0, 20));
});
