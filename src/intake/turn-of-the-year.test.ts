import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { addDays, dayOf, type Day } from "#platform/instant";
import { lampOf } from "#ledger/problem";
import { resumeDueProblems } from "#ledger/resume-problem";
import { readCalendar } from "#rules/calendar";
import type { DeskCommand } from "#verification/desk";
import { isAhead } from "#verification/gate";
import { offersOf } from "#verification/offers";
import { raiseObjection } from "#verification/raise-objection";
import { checkStanding } from "#proof/check-standing";
import { aProgram, aVisitor } from "#test/door";
import { actOn, answerAll, aProblem, deskOf, on } from "#test/desk";
import { aTown, type ATown } from "#test/town";
import { AdoptCalendar, adoptCalendar } from "./adopt-calendar.ts";
import { answerReport } from "./answer-report.ts";
import { receiveReport, ReceiveReport } from "./receive-report.ts";

/** What an office would paste. No notice of that year was published when this was written: the one day in it is a sample of this test's. */
const PASTED = '{"year": 2027, "source": "测试样例，不是通知", "days": [{"day": "2027-01-01", "kind": "off", "name": "样例"}]}';

const PASTE_ON = "2026-12-15";
const LAST = "2027-01-15";
/** Days on which somebody comes to the office; on some of them everything is done. */
const DAYS = ["11-01", "11-02", "11-07", "11-20", "12-08", "12-15", "12-18", "12-22", "12-29", "12-31"]
  .map((day) => `2026-${day}`)
  .concat("2027-01-04", "2027-01-08", LAST);
const WHOLE_DAYS = new Set(["2026-11-01", "2026-11-20", "2026-12-22", "2026-12-31", "2027-01-04"]);

/** Every act on a problem up to its notice, all on one day, in an order in which each is possible. */
async function wholeDay(t: ATown, day: Day): Promise<string> {
  const { cast, town, categories } = t;
  const at = on(day);
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint });
  const { report } = await receiveReport(town, null, at, { ...what, channel: "web" });
  await answerReport(town, cast.qianWen, at, { report, text: "已转电工" });
  const dropped = await aProblem(t, 0, at);
  for (const [command, by] of [
    ["assign", cast.qianWen],
    ["propose-dismissal", cast.qianWen],
    ["decide-dismissal", cast.zhengShang],
    ["reinstate", cast.qianWen],
    ["assign", cast.qianWen],
  ] as const)
    await actOn(t, dropped, command, by, at);
  const number = await aProblem(t, 2, at);
  const steps: readonly (readonly [DeskCommand, (typeof cast)[keyof typeof cast], boolean?])[] = [
    ["assign", cast.qianWen],
    ["ask-extension", cast.wuJie],
    ["decide-extension", cast.zhengShang],
    ["ask-suspension", cast.wangLu],
    ["decide-suspension", cast.zhaoShu],
    ["resume", cast.qianWen],
    ["record-progress", cast.wuJie],
    ["remind", cast.qianWen],
    ["declare-rectified", cast.wuJie],
    ["check", cast.fengZheng, false],
    ["ask-suspension", cast.wangLu],
    ["decide-suspension", cast.zhaoShu],
    ["resume", cast.qianWen],
    ["declare-rectified", cast.wuJie],
    ["check", cast.fengZheng],
    ["post-notice", cast.qianWen],
  ];
  for (const [command, by, yes = true] of steps) await actOn(t, number, command, by, at, { yes });
  await raiseObjection(town, RESIDENT, at, {
    problem: (await deskOf(t, number, at)).standing.problem.id,
    reason: "昨天还没修",
    address: "192.0.2.7",
  });
  await actOn(t, number, "decide-objection", cast.fengZheng, at, { yes: false });
  await answerAll(t, number, at, "yes");
  return number;
}

/** What each day brings to what lies there: a closing where the gate is open, a look-back on its day – every other one relapsed. */
async function goOn(t: ATown, numbers: readonly string[], day: Day, heldBack: Set<string>): Promise<void> {
  const at = on(day);
  for (const [i, number] of numbers.entries()) {
    const desk = await deskOf(t, number, at);
    const no = (command: DeskCommand, by: (typeof t.cast)[keyof typeof t.cast]) =>
      offersOf(desk, by, at).find((offer) => offer.command === command)?.refused;
    const { status, dueOn } = desk.standing.problem;
    if (status === "verified") {
      const shut = no("close", t.cast.qianWen);
      if (shut === null) await actOn(t, number, "close", t.cast.qianWen, at);
      else if (shut !== undefined) heldBack.add(shut);
    } else if (status === "closed" && desk.round.lookBacks.some((one) => isAhead(one) && one.dueOn <= day)) {
      await actOn(t, number, "look-back", t.cast.fengZheng, at, { yes: i % 2 === 0 });
      if (i % 2 === 0) await actOn(t, number, "reopen", t.cast.fengZheng, at);
    } else if (status === "assigned" && desk.standing.problem.relapseCount > 0) {
      await actOn(t, number, "record-progress", t.cast.wuJie, at);
      if (dueOn === null) assert.equal(lampOf(desk.standing.problem, day).says, "waiting-for-calendar");
      await actOn(t, number, "declare-rectified", t.cast.wuJie, at);
      await actOn(t, number, "check", t.cast.fengZheng, at, { yes: false });
    }
  }
}

async function walk(context: TestContext, pasted: boolean) {
  const t = await aTown(context);
  const numbers: string[] = [];
  const heldBack = new Set<string>();
  const { app, clock } = aProgram(t.town);
  const visitor = aVisitor(app);
  for (const day of DAYS) {
    if (day === PASTE_ON && pasted)
      await adoptCalendar(t.town, t.cast.qianWen, on(day), AdoptCalendar.parse({ ...JSON.parse(PASTED), version: null }));
    await resumeDueProblems(t.town, on(day));
    await goOn(t, numbers, day, heldBack);
    if (WHOLE_DAYS.has(day)) numbers.push(await wholeDay(t, day));
  }
  clock.at = on(LAST);
  for (const number of numbers) assert.equal((await visitor.get(`/ledger/${number}`)).status, 200, number);
  assert.equal((await visitor.get("/ledger")).status, 200);
  assert.equal(await checkStanding(t.town, () => undefined), null);
  return { ...t, numbers, heldBack };
}

async function waitingFor({ town }: ATown) {
  const problems = await town.db.selectFrom("ledger.problem").select(["number"]).where("due_on", "is", null).execute();
  const notices = await town.db.selectFrom("verification.notice").select("posted_at").where("last_day", "is", null).execute();
  const reports = await town.db.selectFrom("intake.report").select("id").where("first_reply_due_at", "is", null).execute();
  return { problems: problems.length, notices: notices.map(({ posted_at }) => dayOf(posted_at)), reports: reports.length };
}

test("with the coming year unknown nothing freezes from November to January and nothing is invented; a late calendar gives every waiting day", async (context) => {
  const its = await walk(context, false);
  const { town, cast } = its;
  assert.deepEqual([...(await readCalendar(town)).years], [2026]);
  const waiting = await waitingFor(its);
  assert.ok(waiting.problems > 0 && waiting.reports > 0, "the walk no longer meets what the calendar cannot say");
  assert.ok(
    waiting.notices.every((posted) => posted >= "2026-12-28"),
    waiting.notices.join(),
  );
  assert.deepEqual([...its.heldBack].sort(), ["notice/running", "notice/waits-for-calendar"]);
  await adoptCalendar(town, cast.qianWen, on(addDays(LAST, 1)), AdoptCalendar.parse({ ...JSON.parse(PASTED), version: null }));
  const after = await waitingFor(its);
  assert.deepEqual([after.problems, after.notices], [0, []]);
  const eve = await town.db
    .selectFrom("verification.notice")
    .select(["posted_at", "last_day"])
    .where("posted_at", "=", on("2026-12-31"))
    .executeTakeFirstOrThrow();
  assert.equal(eve.last_day, "2027-01-06");
  const verbs = await town.db.selectFrom("audit.event").select("verb").where("verb", "in", ["problem.dated", "notice.dated"]).execute();
  assert.deepEqual(new Set(verbs.map(({ verb }) => verb)), new Set(["problem.dated", "notice.dated"]));
  assert.equal(await checkStanding(town, () => undefined), null);
});

test("with the coming year pasted in mid-December everything is counted, and nothing waits any more", async (context) => {
  const its = await walk(context, true);
  assert.deepEqual(await waitingFor(its), { problems: 0, notices: [], reports: 0 });
  assert.deepEqual([...its.heldBack], ["notice/running"]);
});
