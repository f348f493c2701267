import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { numberOf, ordinalOf, ordinalsTyped } from "./problem-number.ts";

test("a number of the ledger is understood however it is typed, and is written in one way", () => {
  for (const typed of [
    "SL-2026-0007",
    "sl-2026-0007",
    "ＳＬ－２０２６－０００７",
    " SL–2026—0007 ",
    "SL2026-7",
    "编号：SL-2026-0007",
    "\u202dSL-2026\u200b-0007\u202c",
  ])
    assert.equal(numberOf(typed), "SL-2026-0007", typed);
  assert.equal(numberOf("SL-2026-12345"), "SL-2026-12345");
  assert.equal(ordinalOf("sl-2026-0007"), 20_260_000_007);
  for (const typed of ["", "7", "2026-0007", "SL-2026-", "SL-26-0007", "SL-2026-0000", "SL-2026-0007x", "S-2026-0007", "SL\0-2026-0007"])
    assert.equal(numberOf(typed), null, typed);
});

test("part of a number is looked for in every year it may mean", () => {
  assert.deepEqual(ordinalsTyped("２０２６－０００７", 2026), [20_260_000_007]);
  for (const typed of ["7", "０００７", "第7号", "sl-7", "No. 7"]) assert.equal(ordinalsTyped(typed, 2026)[0], 20_260_000_007, typed);
  assert.deepEqual(ordinalsTyped("七", 2026), []);
});

test("a number is its own writing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (typed) => {
      const number = numberOf(typed);
      if (number !== null) assert.equal(numberOf(number), number);
    }),
  );
});
