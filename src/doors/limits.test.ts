import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, KINDS } from "./bounds.ts";
import { openLimits } from "./limits.ts";

const HERE = { town: "shili", address: "192.0.2.1" };

test("after the allowed tries the next one is told when to come back; another address, town or act is not", async () => {
  const limits = openLimits();
  const { tries = 0, everyMs = 0 } = boundsOf("objection").perAddress ?? {};
  for (let tried = 0; tried < tries; tried++) assert.equal(await limits.whyNotTry("objection", HERE), null);
  const waitMs = await limits.whyNotTry("objection", HERE);
  assert.ok(waitMs !== null && waitMs > 0 && waitMs <= everyMs);
  assert.equal(await limits.whyNotTry("me-too", HERE), null);
  assert.equal(await limits.whyNotTry("objection", { ...HERE, address: "192.0.2.2" }), null);
  assert.equal(await limits.whyNotTry("objection", { ...HERE, town: "linzhen" }), null);
});

test("a town takes so many of a kind, from however many addresses they come", async () => {
  const limits = openLimits();
  const { tries = 0 } = boundsOf("objection").perTown ?? {};
  for (let sender = 0; sender < tries; sender++)
    assert.equal(await limits.whyNotTry("objection", { town: "shili", address: `198.51.${sender >> 8}.${sender & 255}` }), null);
  assert.notEqual(await limits.whyNotTry("objection", { town: "shili", address: "203.0.113.9" }), null);
  assert.equal(await limits.whyNotTry("objection", { town: "linzhen", address: "203.0.113.9" }), null);
});

test("only what was wrong is counted as wrong", async () => {
  const limits = openLimits();
  const { tries = 0 } = boundsOf("receipt-code").wrong ?? {};
  for (let tried = 0; tried < tries; tried++) {
    assert.equal(await limits.whyNotErr("receipt-code", HERE), null);
    await limits.countWrong("receipt-code", HERE);
  }
  assert.ok((await limits.whyNotErr("receipt-code", HERE)) !== null);
  assert.equal(await limits.whyNotErr("receipt-code", { ...HERE, address: "192.0.2.2" }), null);
});

test("so many requests are under way at once, of one address and in all; each makes room when it ends", () => {
  const limits = openLimits();
  const { perAddress = 0, inAll = 0 } = boundsOf("proof").atOnce ?? {};
  const ends = Array.from({ length: perAddress }, () => limits.begin("proof", HERE));
  assert.ok(ends.every((end) => end !== null));
  assert.equal(limits.begin("proof", HERE), null);
  for (let more = perAddress; more < inAll; more++) assert.ok(limits.begin("proof", { ...HERE, address: `neighbour ${more}` }));
  assert.equal(limits.begin("proof", { ...HERE, address: "one too many" }), null);
  ends[0]?.();
  assert.ok(limits.begin("proof", HERE));
});

test("bodies with photos share their memory, whatever forms they are of; what is let go cannot grow again", () => {
  const limits = openLimits();
  const { perAddress = 0 } = boundsOf("draft-photos").heldBytes ?? {};
  const first = limits.holdBody("draft-photos", HERE);
  const second = limits.holdBody("act-photos", HERE);
  assert.ok(first.grow(perAddress - 1));
  assert.ok(!second.grow(2));
  assert.ok(second.grow(1));
  first.letGo();
  assert.ok(!first.grow(1));
  assert.ok(second.grow(perAddress - 1));
});

test("no kind of request goes without bounds", () => {
  for (const kind of KINDS) {
    const { bytes, fields, files, perAddress, atOnce, heldBytes, wrong } = boundsOf(kind);
    assert.ok(bytes <= 512 * 1024 || files > 0, `${kind} takes large bodies without photos`);
    assert.equal(bytes === 0, heldBytes === null, `${kind} holds bodies without a bound`);
    assert.ok(fields <= 2100 && files <= fields, kind);
    assert.ok(bytes === 0 || perAddress !== null || (wrong !== null && atOnce !== null), `${kind} takes bodies without end`);
  }
});
