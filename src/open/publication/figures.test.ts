import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { tellOverdue } from "#intake/tell-overdue";
import { addDays, DAY_MS, dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { countedUp } from "#test/counted-up";
import { livingLedger } from "#test/living-ledger";
import { aTown, aTownBeside, AT, type ATown } from "#test/town";
import { COUNTS, listCounted, type Counted } from "./counted-entries.ts";
import { FIGURES, homeFigures, rateOf, readCircle, readFigures, type Circle, type FigureSet } from "./figures.ts";
import { countAgain } from "./count-again.ts";
import { foldTallies } from "./fold-tallies.ts";
import { Sums } from "./follow-tallies.ts";

const TODAY = "2026-07-28";

const figuresOf = async (town: Town, today = TODAY) => {
  const { town: whole, byUnit, byCampaign } = await readFigures(town, today);
  return { whole, byUnit: Object.fromEntries(byUnit), byCampaign: Object.fromEntries(byCampaign) };
};

/** What the entries of one number add up to, two a page. */
async function added(t: ATown, counted: Counted, circle: Circle) {
  let before: string | null = null;
  let sum = { counted: 0, of: 0 };
  do {
    const page = await listCounted(t.town, AT, { counted, circle, before, limit: 2 });
    for (const entry of page.entries) sum = { counted: sum.counted + entry.counted, of: sum.of + entry.of };
    before = page.next;
  } while (before !== null);
  return sum;
}

test("every figure and count is the sum of the entries it opens onto: the town's, each unit's, each campaign's", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  const { town: whole, byUnit, byCampaign } = await readFigures(t.town, TODAY);
  const circles: readonly (readonly [Circle, FigureSet])[] = [
    [{ unit: null, campaign: null }, whole],
    ...[...byUnit].map(([unit, set]) => [{ unit, campaign: null }, set] as const),
    ...[...byCampaign].map(([campaign, set]) => [{ unit: null, campaign }, set] as const),
  ];
  for (const [circle, set] of circles) {
    const name = JSON.stringify(circle);
    const { version: _version, leaves: _leaves, behind: _behind, ...alone } = await readCircle(t.town, TODAY, circle);
    assert.deepEqual(alone, set, name);
    for (const count of COUNTS) assert.equal((await added(t, count, circle)).of, set[count], `${count} ${name}`);
    for (const figure of FIGURES) {
      if (figure === "response" && circle.unit !== circle.campaign) continue; // a report is nobody's until it is a problem
      assert.deepEqual(await added(t, figure, circle), set[figure], `${figure} ${name}`);
    }
  }
  assert.ok(byUnit.size > 2 && byCampaign.size > 0);
  assert.ok(whole.resolution.of > 0 && whole.claim.of > 0 && whole["on-time"].of > 0 && whole.silent > 0 && whole.overdue > 0);
});

test("tallies that followed the log equal a fresh count, and folding changes no figure", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  const kept = await figuresOf(t.town);
  const later = await figuresOf(t.town, "2026-09-30");
  await foldTallies(t.town, TODAY);
  assert.deepEqual(await figuresOf(t.town), kept);
  assert.deepEqual(await figuresOf(t.town, "2026-09-30"), later);
  await countAgain(t.town);
  assert.deepEqual(await figuresOf(t.town), kept);
  assert.deepEqual(await figuresOf(t.town, "2026-09-30"), later);
});

test("units and campaigns add up to the town", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  const { town: whole, byUnit } = await readFigures(t.town, TODAY);
  const sum = (of: (set: FigureSet) => number) => [...byUnit.values()].reduce((total, set) => total + of(set), 0);
  assert.equal(
    sum((set) => set.claim.of),
    whole.claim.of,
  );
  assert.equal(
    sum((set) => set.resolution.counted),
    whole.resolution.counted,
  );
});

test("a problem is overdue from the day after its due day", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  const overdueOn = async (day: string) => (await homeFigures(t.town, day)).overdue;
  const due =
    (await sql<{ day: string }>`select min(due_on) as day from ledger.problem where status = 'assigned'`.execute(t.town.db)).rows[0]?.day ??
    "";
  assert.equal(await overdueOn(due), 0);
  assert.ok((await overdueOn(TODAY)) > 0);
});

test("silence is counted when its round ends with the closing, in no rate", async (context) => {
  const t = await aTown(context);
  const { rubbish } = await livingLedger(t);
  await countedUp(t.town);
  const { town: set } = await readFigures(t.town, TODAY);
  const { silent, answered } = await t.town.db
    .selectFrom("ledger.problem")
    .select(["silent_count as silent", "answered_count as answered"])
    .where("number", "=", rubbish.number)
    .executeTakeFirstOrThrow();
  assert.ok(silent > 0 && answered > 0);
  assert.equal(set.silent, silent);
});

test("one town's figures never count another's", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  const beside = await aTownBeside(t.town);
  const { town: set } = await readFigures(beside.town, TODAY);
  assert.equal(set.problems, 0);
  assert.deepEqual(set.resolution, { counted: 0, of: 0 });
});

test("a first reply counts as late, in the figure and in what it opens onto, from when it was said to be overdue", async (context) => {
  const t = await aTown(context);
  const { town, categories } = t;
  await receiveReport(town, null, AT, { ...ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint }), channel: "web" });
  const late = new Date(AT.getTime() + 30 * DAY_MS);
  const response = async () => {
    await countedUp(town);
    const { counted, of } = (await readFigures(town, dayOf(late))).town.response;
    assert.deepEqual(await added(t, "response", { unit: null, campaign: null }), { counted, of });
    return [counted, of];
  };
  assert.deepEqual(await response(), [0, 0]);
  await tellOverdue(town, late);
  assert.deepEqual(await response(), [0, 1]);
});

test("more amounts at once than a statement has parameters are kept, each where it counts", async (context) => {
  const { town } = await aTown(context);
  const sums = new Sums();
  const days = Array.from({ length: 20_000 }, (_, i) => addDays("2000-01-01", i));
  for (const day of [...days, null]) sums.add([{ measure: "due", campaign: null, unit: null, day, amount: 1 }], 1);
  await sums.keep(town);
  assert.equal((await readFigures(town, "2000-01-11")).town.claim.of, 11, "ten days that have passed, and one amount without a day");
});

test("too few entries give no rate", () => {
  assert.equal(rateOf({ counted: 9, of: 9 }, 10), null);
  assert.equal(rateOf({ counted: 9, of: 10 }, 10), 0.9);
  assert.equal(rateOf({ counted: 0, of: 0 }, 1), null);
});
