import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { addDays, daysBetween } from "#platform/instant";
import { addTown } from "#people/add-town";
import { readPolicy } from "#people/policy";
import { Refusal } from "#refusals";
import { workingDaysBetween } from "#standards/workdays/workdays";
import { aTown, type ATown } from "#test/town";
import { addCategory } from "./add-category.ts";
import { listCalendarYears, missingYears, readCalendar } from "./calendar.ts";
import { changeCategory } from "./change-category.ts";
import { amberOn, deadlineOf, latestDueOn, latestExtensionOn } from "./deadline.ts";
import { furnishTown } from "./furnish-town.ts";
import { importCalendar, ImportCalendar } from "./import-calendar.ts";
import { findCategory, listCategories } from "./queries.ts";
import { retireCategory } from "./retire-category.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

async function eventsOf({ town }: Pick<ATown, "town">): Promise<readonly string[]> {
  return (await town.db.selectFrom("audit.event").select("verb").where("town", "=", town.id).orderBy("id").execute()).map(
    ({ verb }) => verb,
  );
}

/** How each of several acts at once ended: done, or why not. */
function endings(ended: readonly PromiseSettledResult<unknown>[]): readonly string[] {
  return ended.map((end) => (end.status === "fulfilled" ? "done" : end.reason instanceof Refusal ? end.reason.code : "fault")).sort();
}

test("a limit in working days ends with its last day, one in hours to the minute", async (t) => {
  const { town } = await aTown(t);
  const calendar = await readCalendar(town);
  const from = new Date("2026-09-28T16:30:00+08:00");
  assert.deepEqual(deadlineOf(calendar, "working_day", 5, from), new Date("2026-10-11T00:00:00+08:00"));
  assert.deepEqual(deadlineOf(calendar, "calendar_day", 15, from), new Date("2026-10-14T00:00:00+08:00"));
  assert.deepEqual(deadlineOf(calendar, "hour", 24, from), new Date("2026-09-29T16:30:00+08:00"));
});

test("a limit that reaches into a year without official days is null, or the last day it certainly reaches, never guessed", async (t) => {
  const { town } = await aTown(t);
  const calendar = await readCalendar(town);
  const category = { limitUnit: "working_day", finishLimit: 15, extensionLimit: 10 } as const;
  assert.equal(deadlineOf(calendar, "working_day", 3, new Date("2026-12-30T09:00:00+08:00")), null);
  assert.deepEqual(latestDueOn(category, calendar, "2026-12-20"), { day: "2027-01-06", known: false });
  assert.deepEqual(latestExtensionOn(category, calendar, "2026-12-25"), { day: "2027-01-06", known: false });
  assert.deepEqual(latestDueOn(category, calendar, "2026-12-01"), { day: "2026-12-22", known: true });
  assert.equal(amberOn(calendar, "2026-12-20", "2027-01-06"), "2027-01-03");
});

test("whatever is published in the end, a limit reaches at least the certain day, and an amber light shown before was right", () => {
  const year = { years: new Set([2130]), days: new Map() };
  const category = { limitUnit: "working_day", finishLimit: 15, extensionLimit: 10 } as const;
  fc.assert(
    fc.property(
      fc.integer({ min: 330, max: 380 }),
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.constantFrom("off" as const, "work" as const)), { maxLength: 40 }),
      (start, span, changed) => {
        const published = {
          years: new Set([2130, 2131]),
          days: new Map(changed.map(([n, kind]) => [addDays("2131-01-01", n), kind] as const)),
        };
        const from = addDays("2130-01-01", start);
        const due = addDays(from, span);
        const [certain, real] = [latestDueOn(category, year, from), latestDueOn(category, published, from)];
        assert.ok(certain.known ? certain.day === real.day : certain.day <= real.day, `${certain.day} ${real.day}`);
        assert.ok(certain.day > from, "there is always a day to choose");
        const amber = amberOn(year, from, due);
        assert.ok(amber >= amberOn(published, from, due) && amber <= due);
      },
    ),
  );
});

test("the light turns amber when three working days are left, or a fifth of a long span", async (t) => {
  const { town } = await aTown(t);
  const calendar = await readCalendar(town);
  assert.equal(amberOn(calendar, "2026-07-01", "2026-07-10"), "2026-07-07"); // Wed, Thu, Fri are left
  assert.equal(amberOn(calendar, "2026-03-01", "2026-06-09"), "2026-05-20"); // 100 days: the last 20
  assert.equal(amberOn(calendar, "2026-07-09", "2026-07-10"), "2026-07-09");
});

test("an amber day lies within the span, and before it more than three working days are left", async (t) => {
  const { town } = await aTown(t);
  const calendar = await readCalendar(town);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60 }), (start, span) => {
      const from = addDays("2026-01-01", start);
      const due = addDays(from, span);
      fc.pre(due <= "2026-12-31");
      const amber = amberOn(calendar, from, due);
      assert.ok(amber >= from && amber <= due);
      if (amber > from) {
        const before = addDays(amber, -1);
        assert.ok((workingDaysBetween(calendar, before, due) ?? 0) > 3);
        assert.ok(daysBetween(before, due) > span * 0.2 - 1e-9);
      }
    }),
  );
});

test("a year is imported as it was published, and imported again replaces it", async (t) => {
  const { town, cast, at } = await aTown(t);
  const year = (day: string) =>
    ImportCalendar.parse({
      year: 2027,
      source: "示例通知",
      days: [
        { day: "2027-01-01", kind: "off", name: "元旦" },
        { day, kind: "work", name: "调休" },
      ],
    });
  await importCalendar(town, cast.zhouXi, at, year("2027-01-03"));
  await importCalendar(town, cast.zhouXi, at, year("2027-01-09"));
  const [latest] = await listCalendarYears(town);
  assert.deepEqual(
    latest?.days.map(({ day }) => day),
    ["2027-01-01", "2027-01-09"],
  );
  assert.deepEqual(await eventsOf({ town }), ["calendar.imported", "calendar.imported"]);
});

test("a calendar nobody can have published is refused and leaves the old one", async (t) => {
  const { town, cast, at } = await aTown(t);
  const off = { day: "2026-01-01", kind: "off", name: "" } as const;
  const bad: readonly ImportCalendar["days"][] = [
    [off, off],
    [off, { day: "2027-01-02", kind: "off", name: "" }],
    [off, { day: "2026-07-28", kind: "work", name: "" }],
    [{ day: "2026-01-03", kind: "work", name: "" }],
  ];
  for (const days of bad)
    await assert.rejects(importCalendar(town, cast.zhouXi, at, { year: 2026, source: "x", days }), refusal("calendar/malformed"));
  for (const by of [cast.qianWen, cast.zhaoShu, cast.wangLu])
    await assert.rejects(importCalendar(town, by, at, { year: 2026, source: "x", days: [off] }), refusal("officer/not-allowed"));
  assert.deepEqual(await eventsOf({ town }), []);
  assert.equal((await readCalendar(town)).days.get("2026-10-10"), "work");
  assert.equal(ImportCalendar.safeParse({ year: 2026, source: "x", days: [{ ...off, day: "2026-02-30" }] }).success, false);
});

test("the office is warned from October on that the next year is missing", () => {
  const known = new Set([2026]);
  assert.deepEqual(missingYears(known, new Date("2026-09-30T09:00:00+08:00")), []);
  assert.deepEqual(missingYears(known, new Date("2026-10-01T09:00:00+08:00")), [2027]);
  assert.deepEqual(missingYears(known, new Date("2027-02-01T09:00:00+08:00")), [2027]);
});

test("a category is added behind the others, changed, and retired; what it was stays in the log", async (t) => {
  const { town, cast, at } = await aTown(t);
  const fields = {
    nameZh: "信访",
    nameEn: "Petition",
    limitUnit: "calendar_day",
    firstReplyLimit: 15,
    finishLimit: 60,
    extensionLimit: 30,
    retentionDays: 365,
  } as const;
  const id = await addCategory(town, cast.zhouXi, at, { code: "petition", ...fields });
  assert.equal((await listCategories(town)).at(-1)?.id, id);
  await assert.rejects(addCategory(town, cast.zhouXi, at, { code: "petition", ...fields }), refusal("category/code-taken"));
  for (const by of [cast.qianWen, cast.zhaoShu, cast.shenJi]) {
    await assert.rejects(addCategory(town, by, at, { code: "other", ...fields }), refusal("officer/not-allowed"));
    await assert.rejects(changeCategory(town, by, at, { category: id, version: 1, ...fields }), refusal("officer/not-allowed"));
    await assert.rejects(retireCategory(town, by, at, { category: id, version: 1 }), refusal("officer/not-allowed"));
  }
  await changeCategory(town, cast.zhouXi, at, { category: id, version: 1, ...fields, finishLimit: 45 });
  assert.equal((await findCategory(town, id))?.finishLimit, 45);
  await retireCategory(town, cast.zhouXi, at, { category: id, version: 2 });
  assert.equal(await findCategory(town, id), null);
  await assert.rejects(changeCategory(town, cast.zhouXi, at, { category: id, version: 3, ...fields }), refusal("category/unknown"));
  await assert.rejects(retireCategory(town, cast.zhouXi, at, { category: id, version: 2 }), refusal("category/unknown"));
  assert.deepEqual(await eventsOf({ town }), ["category.added", "category.changed", "category.retired"]);
});

test("of two who change one category from the same page, one is told and nothing is written over", async (t) => {
  const { town, cast, at } = await aTown(t);
  const [category] = await listCategories(town);
  assert.ok(category !== undefined);
  const limits = (finishLimit: number) =>
    changeCategory(town, cast.zhouXi, at, { ...category, category: category.id, finishLimit, version: category.version });
  assert.deepEqual(endings(await Promise.allSettled([limits(21), limits(22)])), ["done", "setting/changed"]);
  await assert.rejects(retireCategory(town, cast.zhouXi, at, { category: category.id, version: 1 }), refusal("setting/changed"));
});

test("a new town starts with its figures, seven categories and the published years", async (t) => {
  const {
    town: { db, keys, blobs },
    at,
  } = await aTown(t);
  const what = { id: "xinzhen", nameZh: "新镇", nameEn: "Xin", prefix: "XZ", host: "xin.example", demo: false };
  const town = await addTown({ db, keys, blobs }, at, what);
  await furnishTown(town, at);
  assert.deepEqual(
    (await listCategories(town)).map(({ code }) => code),
    ["consultation", "help", "suggestion", "complaint", "wrongdoing", "conduct", "hazard", "enterprise-need"],
  );
  const calendar = await readCalendar(town);
  assert.deepEqual(
    [...calendar.years].sort((a, b) => a - b),
    [2025, 2026],
  );
  const vectors = [
    ["2026-02-23", "off"],
    ["2026-02-28", "work"],
    ["2026-10-10", "work"],
    ["2026-10-08", undefined],
    ["2025-10-11", "work"],
  ] as const;
  for (const [day, kind] of vectors) assert.equal(calendar.days.get(day), kind, day);
  assert.equal((await readPolicy(town)).signInFailures, 5);
});
