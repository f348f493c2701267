import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { sql } from "kysely";
import { appendEvent, SYSTEM } from "#audit/append-event";
import { countAside } from "#log/queries";
import { openDatabase } from "#platform/database";
import { newId } from "#platform/ids";
import { addDays, startOf, type Day } from "#platform/instant";
import { transact } from "#platform/town";
import { aClosing, aGround, aReportAbout, detect, type Closing, type Ground } from "#test/closings";
import { aSuperuser } from "#test/superuser";
import { dice } from "#test/photographed";
import { exaggerate, multiply } from "#test/multiplied";
import { readsSoFar } from "#test/reads";
import { AT, aTown } from "#test/town";
import { clearFlag } from "#verification/clear-flag";
import { countFlags, flagsOf, listFlags } from "#verification/queries";

const DAY = "2024-03-04";
const hour = (day: Day, hours: number) => new Date(startOf(day).getTime() + hours * 3_600_000);

/** A satisfied answer from one device, so many days after the first. */
function answeredOn(ground: Ground, after: number): Promise<Closing> {
  const day = addDays(DAY, after);
  return aClosing(ground, addDays(day, -12), {
    declaredAt: hour(addDays(day, -2), 10),
    checkedAt: hour(addDays(day, -1), 9),
    hand: { device: "one device", address: `address ${after}` },
    answeredAt: hour(day, 10),
  });
}

async function aGroundOf(t: TestContext): Promise<Ground> {
  return aGround(await aTown(t), dice(5));
}

test("a flag that was explained does not come back when the days go on and the row grows", async (t) => {
  const ground = await aGroundOf(t);
  const { town, cast } = ground;
  const closings: Closing[] = [];
  for (const after of [0, 10, 20]) closings.push(await answeredOn(ground, after));
  await detect(ground, AT);
  const [first, second, third] = closings;
  for (const { problem } of closings) {
    const [flag] = (await flagsOf(town, problem)).filter(({ kind }) => kind === "one-hand");
    assert.ok(flag !== undefined);
    await clearFlag(town, cast.fengZheng, AT, { flag: flag.id, reason: "村部的公用电话，三个人都在场。" });
  }
  const fourth = await answeredOn(ground, 35); // the first is out of the thirty days by now
  await detect(ground, AT);
  const standing = async (closing: Closing | undefined) =>
    (await flagsOf(town, closing?.problem ?? "")).filter(({ kind }) => kind === "one-hand").map(({ state }) => state);
  for (const closing of [first, second, third]) assert.deepEqual(await standing(closing), ["cleared"]);
  assert.deepEqual(await standing(fourth), ["open"]);
});

test("a matter that cannot be looked at is set aside, and the others are looked at", async (t) => {
  const ground = await aGroundOf(t);
  const { town } = ground;
  const statement = "经现场查看与走访五户群众，积水已排净，沟渠畅通，群众表示满意，复核人员签字确认，同意销号。";
  const first = await aClosing(ground, DAY, { statement });
  const lost = { verb: "problem.closed", facts: { closing: newId(AT) }, subject: { kind: "problem", id: first.problem } } as const;
  await appendEvent(town, SYSTEM, startOf(addDays(DAY, 3)), lost); // of a closing that nobody finds
  const last = await aClosing(ground, addDays(DAY, 30), { statement });
  await detect(ground, AT);
  assert.deepEqual(await countAside(town.db), [{ town: town.id, follower: "detector", leaves: 1 }]);
  assert.ok((await flagsOf(town, last.problem)).some(({ kind }) => kind === "same-text"));
});

test("what is counted of flags is what there is, whatever becomes of them", async (t) => {
  const ground = await aGroundOf(t);
  const { town, cast } = ground;
  const closings = await Promise.all([0, 1, 2].map((i) => answeredOn(ground, i)));
  await aClosing(ground, DAY, { skipsLookBack: true });
  await detect(ground, AT);
  const { flags } = await listFlags(town, { kind: "one-hand", state: "open", before: null });
  assert.equal(flags.length, closings.length);
  await clearFlag(town, cast.fengZheng, AT, { flag: flags[0]?.id ?? "", reason: "看过了" });
  await detect(ground, AT);
  const counted = await countFlags(town);
  for (const [kind, counts] of counted) {
    const { rows } = await sql<{ raised: number; cleared: number; upheld: number; acted: number; open: number }>`
      select count(*) as raised, count(*) filter (where state = 'cleared') as cleared,
        count(*) filter (where state = 'upheld') as upheld, count(*) filter (where state = 'acted') as acted,
        count(*) filter (where state = 'open') as open from verification.flag where kind = ${kind}`.execute(town.db);
    assert.deepEqual(counts, rows[0]);
  }
  assert.deepEqual([counted.get("one-hand")?.cleared, counted.get("look-back-skipped")?.open], [1, 1]);
});

const ROWS = 4000;
const TIMES = 250;

test("after many years no rule reads a growing table from end to end", async (t) => {
  const ground = await aGroundOf(t);
  const { town } = ground;
  await transact(town, async (town) => {
    for (let i = 0; i < 12; i += 1) await aClosing({ ...ground, town }, addDays(DAY, i));
  });
  await aReportAbout(ground, hour(addDays(DAY, 40), 9));
  await detect(ground, AT);
  const admin = await aSuperuser(t, ground.database);
  await multiply(admin, ROWS);
  await exaggerate(admin, TIMES);
  const db = openDatabase({ connectionString: ground.database, max: 1 });
  t.after(() => db.destroy());
  const grown: Ground = { ...ground, town: { ...town, db } };
  const closing = await aClosing(grown, addDays(DAY, 60));
  await aReportAbout(grown, hour(addDays(DAY, 85), 9), { closing, title: "又坏了", metres: null });
  const before = await readsSoFar(db);
  await detect(grown, AT);
  const sequential = [...(await readsSoFar(db))].map(
    ([table, now]) => [table, now.sequential - (before.get(table)?.sequential ?? 0)] as const,
  );
  assert.deepEqual(
    sequential.filter(([, rows]) => rows > ROWS / 2),
    [],
  );
});
