import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { SYSTEM } from "#audit/append-event";
import { adoptCalendar } from "#intake/adopt-calendar";
import { listTasks } from "#office/tasks";
import type { Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import { transact } from "#platform/town";
import { checkProblems } from "#proof/check-standing";
import { Refusal } from "#refusals";
import { act, actOn, aVerifiedProblem, deskOf, on } from "#test/desk";
import { aTown, type ATown } from "#test/town";
import { clearFlag } from "./clear-flag.ts";
import { countMoved } from "./count-moved.ts";
import { dateFlags } from "./date-flags.ts";
import { countFlags, flagsOf } from "./queries.ts";
import { raiseFlags } from "./raise-flags.ts";
import { upholdFlag } from "./uphold-flag.ts";

const WEDNESDAY = on("2026-08-05");
/** The notice posted on the 5th ends with Monday the 10th. */
const AFTER_ALL = on("2026-08-12");
const reason = "照片是另一处的";

/** Verified, its notice over, and a flag raised on it. */
async function aFlagged(t: ATown, at = WEDNESDAY) {
  const number = await aVerifiedProblem(t, 0);
  await actOn(t, number, "post-notice", t.cast.qianWen, WEDNESDAY);
  const { id: problem } = (await deskOf(t, number)).standing.problem;
  const flag = await raise(t, problem, "one", at);
  return { number, problem, flag };
}

async function raise(t: ATown, problem: string, mark: string, at: Date): Promise<string> {
  const about = { act: "declared", at: at.toISOString(), dueOn: "2026-08-03" } as const;
  await transact(t.town, async (town) => countMoved(town, await raiseFlags(town, at, at, [{ kind: "last-moment", problem, mark, about }])));
  return (await flagsOf(t.town, problem)).at(-1)?.id ?? assert.fail();
}

async function stepsOf(t: ATown, by: Officer, at: Date) {
  return (await listTasks(t.town, by, at, dayOf(at))).map(({ step, due }) => [step, due]);
}

/** How many events the town has: what is refused leaves none. */
async function happenings(t: ATown): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit.event`.execute(t.town.db);
  return rows[0]?.n ?? 0;
}

test("while a flag is open nothing is struck off; once it is cleared the office closes", async (context) => {
  const t = await aTown(context);
  const { number, problem, flag } = await aFlagged(t);
  const second = await raise(t, problem, "two", WEDNESDAY);
  await assert.rejects(actOn(t, number, "close", t.cast.qianWen, AFTER_ALL), { code: "flag/open" });
  assert.deepEqual(await stepsOf(t, t.cast.qianWen, AFTER_ALL), []);
  await clearFlag(t.town, t.cast.fengZheng, AFTER_ALL, { flag, reason });
  await assert.rejects(actOn(t, number, "close", t.cast.qianWen, AFTER_ALL), { code: "flag/open" });
  await clearFlag(t.town, t.cast.fengZheng, AFTER_ALL, { flag: second, reason });
  assert.deepEqual((await stepsOf(t, t.cast.qianWen, AFTER_ALL)).flat()[0], "close");
  await actOn(t, number, "close", t.cast.qianWen, AFTER_ALL);
  assert.deepEqual(await checkProblems(t.town), []);
});

test("an upheld flag sends the problem back to work with a public reason, is counted apart, and is decided once", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const { number, problem, flag } = await aFlagged(t);
  await upholdFlag(town, cast.fengZheng, WEDNESDAY, { flag, reason });
  const { standing, round, events } = await deskOf(t, number);
  assert.deepEqual([standing.problem.status, standing.problem.rectifiedOn], ["assigned", null]);
  assert.deepEqual(round.flags, []);
  assert.deepEqual([events[0]?.verb, events[0]?.words["reason"]], ["flag.upheld", reason]);
  const [kept] = await flagsOf(town, problem);
  assert.deepEqual([kept?.state, kept?.decided?.reason, kept?.decided?.by], ["upheld", reason, cast.fengZheng.id]);
  assert.deepEqual(await countFlags(town), new Map([["last-moment", { raised: 1, cleared: 0, upheld: 1, acted: 0, open: 0 }]]));
  await assert.rejects(clearFlag(town, cast.fengZheng, WEDNESDAY, { flag, reason }), { code: "flag/upheld" });
  await assert.rejects(upholdFlag(town, cast.fengZheng, WEDNESDAY, { flag, reason }), { code: "flag/upheld" });
  assert.deepEqual(await checkProblems(town), []);
});

test("upheld before the check it goes back too; once struck off it is reopened instead", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const { number, problem, flag } = await aFlagged(t);
  await clearFlag(town, cast.fengZheng, WEDNESDAY, { flag, reason });
  await actOn(t, number, "close", cast.qianWen, AFTER_ALL);
  const late = await raise(t, problem, "late", AFTER_ALL);
  await assert.rejects(upholdFlag(town, cast.fengZheng, AFTER_ALL, { flag: late, reason }), { code: "problem/closed" });
  await actOn(t, number, "reopen", cast.fengZheng, AFTER_ALL);
  await actOn(t, number, "declare-rectified", cast.wuJie, AFTER_ALL);
  await upholdFlag(town, cast.fengZheng, AFTER_ALL, { flag: late, reason });
  assert.equal((await deskOf(t, number)).standing.problem.status, "assigned");
  assert.deepEqual(await checkProblems(town), []);
});

test("who led it, worked on it, is of its unit, or is the secretary neither clears nor upholds, and leaves no trace", async (context) => {
  const t = await aTown(context);
  const { town, cast, units } = t;
  const { flag } = await aFlagged(t);
  const verifying = (who: Officer): Officer => ({ ...who, duties: new Set([...who.duties, "verifier" as const]) });
  const before = await happenings(t);
  const who: readonly (readonly [Officer, string])[] = [
    [verifying(cast.wangLu), "verifier/leads"],
    [verifying(cast.wuJie), "verifier/worked-on-it"],
    [{ ...cast.fengZheng, unit: units.sanitation }, "verifier/same-unit"],
    [verifying(cast.zhaoShu), "officer/not-allowed"],
    [cast.qianWen, "officer/not-allowed"],
  ];
  for (const [by, code] of who)
    for (const decide of [clearFlag, upholdFlag])
      await assert.rejects(decide(town, by, WEDNESDAY, { flag, reason }), { code }, `${by.name} ${decide.name}`);
  assert.equal(await happenings(t), before);
});

test("an open flag waits for a verifier who may decide it, by its own day; raised, cleared and upheld move it at once", async (context) => {
  const t = await aTown(context);
  const { town, cast, units } = t;
  const { flag, problem } = await aFlagged(t);
  assert.deepEqual(await stepsOf(t, cast.fengZheng, WEDNESDAY), [["decide-flag", "2026-08-10"]]);
  assert.deepEqual(await stepsOf(t, { ...cast.fengZheng, unit: units.sanitation }, WEDNESDAY), []);
  await clearFlag(town, cast.fengZheng, WEDNESDAY, { flag, reason });
  assert.deepEqual(await stepsOf(t, cast.fengZheng, WEDNESDAY), []);
  const second = await raise(t, problem, "two", WEDNESDAY);
  assert.deepEqual(await stepsOf(t, cast.fengZheng, WEDNESDAY), [["decide-flag", "2026-08-10"]]);
  await upholdFlag(town, cast.fengZheng, WEDNESDAY, { flag: second, reason });
  assert.deepEqual(await stepsOf(t, cast.fengZheng, WEDNESDAY), []);
});

test("the town sets how many working days there are to look; a flag without a calendar waits for it and is dated then", async (context) => {
  const t = await aTown(context);
  const { town } = t;
  await town.db.updateTable("people.policy").set({ flag_working_days: 1 }).execute();
  const { problem } = await aFlagged(t);
  const at = on("2026-12-31");
  await raise(t, problem, "late", at);
  const dues = async () => (await flagsOf(town, problem)).map(({ dueOn }) => dueOn);
  assert.deepEqual(await dues(), ["2026-08-06", null]);
  assert.equal(await dateFlags(town, SYSTEM, at), 0);
  const days = [{ day: "2027-01-01", kind: "off" as const, name: "元旦" }];
  await adoptCalendar(town, t.cast.zhouXi, at, { version: null, year: 2027, source: "国办发明电", days });
  assert.deepEqual(await dues(), ["2026-08-06", "2027-01-04"]);
});

test("a flag raised while the office is about to close stands in the way, whoever comes first", async (context) => {
  const t = await aTown(context);
  const { number, problem, flag } = await aFlagged(t);
  await clearFlag(t.town, t.cast.fengZheng, AFTER_ALL, { flag, reason });
  const desk = await deskOf(t, number, AFTER_ALL);
  const [closed] = await Promise.allSettled([act(t, desk, "close", t.cast.qianWen, AFTER_ALL), raise(t, problem, "two", AFTER_ALL)]);
  const { status } = (await deskOf(t, number)).standing.problem;
  if (closed.status === "rejected") assert.ok(closed.reason instanceof Refusal && closed.reason.code === "flag/open");
  assert.equal(status, closed.status === "fulfilled" ? "closed" : "verified");
});
