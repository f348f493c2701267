import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayOf, dayTyped } from "./instant.ts";

test("a day is understood in every way people write one", () => {
  for (const typed of [
    "2026-07-28",
    " 2026-7-28 ",
    "2026.7.28",
    "2026/07/28",
    "2026年7月28日",
    "2026 年 7 月 28 日",
    "２０２６－０７－２８",
    "２０２６年７月２８日",
    "\u202d2026\u200b–07–28\u202c",
    "20260728",
  ])
    assert.equal(dayTyped(typed), "2026-07-28", typed);
});

test("what is no day of any calendar is none", () => {
  for (const typed of [
    "",
    " ",
    "2026-02-30",
    "2026-13-01",
    "0000-01-01",
    "9999-01-01",
    "26-7-28",
    "2026-07",
    "2026728",
    "7月28日",
    "28.7.2026",
  ])
    assert.equal(dayTyped(typed), null, typed);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => assert.match(dayTyped(typed) ?? "2026-07-28", /^\d{4}-\d{2}-\d{2}$/)));
});

test("every day that exists is the day it says", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date("1900-01-02"), max: new Date("2199-12-30"), noInvalidDate: true }), (at) => {
      assert.equal(dayTyped(dayOf(at)), dayOf(at));
    }),
  );
});
