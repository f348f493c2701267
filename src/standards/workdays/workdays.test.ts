import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { addWorkingDays, isWorkingDay, workingDayOnOrAfter, workingDaysBetween, type Calendar } from "./workdays.ts";

const range = (first: string, count: number) =>
  Array.from({ length: count }, (_, i) => new Date(Date.parse(`${first}T00:00:00Z`) + i * 86_400_000).toISOString().slice(0, 10));
const OFF = [
  ...range("2026-01-01", 3),
  ...range("2026-02-15", 9),
  ...range("2026-04-04", 3),
  ...range("2026-05-01", 5),
  ...range("2026-06-19", 3),
  ...range("2026-09-25", 3),
  ...range("2026-10-01", 7),
];
const WORK = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"];
const CHINA_2026: Calendar = {
  years: new Set([2026]),
  days: new Map([...OFF.map((day) => [day, "off"] as const), ...WORK.map((day) => [day, "work"] as const)]),
};

const day2026 = fc.integer({ min: 0, max: 364 }).map((n) => range("2026-01-01", n + 1).at(-1) ?? "");
const few = fc.integer({ min: 1, max: 40 });

test("five working days after 12 February 2026 is 26 February: the Spring Festival is off, the Saturday before it is worked", () => {
  assert.equal(addWorkingDays(CHINA_2026, "2026-02-12", 5), "2026-02-26");
});

test("five working days after 28 September 2026 is Saturday 10 October, which is worked", () => {
  assert.equal(addWorkingDays(CHINA_2026, "2026-09-28", 5), "2026-10-10");
});

test("the first working day on or after 15 February 2026 is 24 February", () => {
  assert.equal(workingDayOnOrAfter(CHINA_2026, "2026-02-15"), "2026-02-24");
  assert.equal(addWorkingDays(CHINA_2026, "2026-02-15", 0), "2026-02-24");
});

test("a year that was not published is never taken for plain weeks", () => {
  assert.equal(isWorkingDay(CHINA_2026, "2027-03-01"), null);
  assert.equal(addWorkingDays(CHINA_2026, "2026-12-30", 5), null);
  assert.equal(addWorkingDays(CHINA_2026, "2026-01-02", -5), null);
  assert.equal(workingDaysBetween(CHINA_2026, "2026-12-30", "2027-01-04"), null);
  assert.equal(workingDaysBetween(CHINA_2026, "2025-12-31", "2026-01-06"), null);
});

test("what was added is what lies between", () => {
  fc.assert(
    fc.property(day2026, few, (from, n) => {
      const to = addWorkingDays(CHINA_2026, from, n);
      fc.pre(to !== null);
      assert.equal(workingDaysBetween(CHINA_2026, from, to), n);
    }),
  );
});

test("a day reached by counting is always worked, forwards and backwards", () => {
  fc.assert(
    fc.property(day2026, fc.integer({ min: -40, max: 40 }), (from, n) => {
      const to = addWorkingDays(CHINA_2026, from, n);
      fc.pre(to !== null);
      assert.equal(isWorkingDay(CHINA_2026, to), true);
    }),
  );
});

test("counting back from where counting forwards led arrives at the start, when the start is worked", () => {
  fc.assert(
    fc.property(day2026, few, (from, n) => {
      fc.pre(isWorkingDay(CHINA_2026, from) === true);
      const to = addWorkingDays(CHINA_2026, from, n);
      fc.pre(to !== null);
      assert.equal(addWorkingDays(CHINA_2026, to, -n), from);
      assert.equal(workingDaysBetween(CHINA_2026, to, from), -n);
    }),
  );
});
