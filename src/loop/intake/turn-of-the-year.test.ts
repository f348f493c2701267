import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { addDays, dayOf, type Day } from "#platform/instant";
import { lampOf } from "#ledger/problem";
import { resumeDueProblems } from "#ledger/resume-problem";
import { LEDGER_ACTS } from "#ledger/who-may";
import type { Officer } from "#people/officer";
import { readCalendar } from "#limits/calendar";
import type { DeskCommand } from "#office/desk";
import { GATE_ACTS, isAhead } from "#verification/gate";
import { offersOf } from "#office/offers";
import { raiseObjection } from "#verification/raise-objection";
import { checkProblems } from "#proof/check-standing";
import { aDoor } from "#test/door";
import { actOn, answerAll, aProblem, deskOf, on, type Choice } from "#test/desk";
import { aTown, type ATown } from "#test/town";
import { AcceptByOpening, acceptReport } from "./accept-report.ts";
import { addWord } from "./add-word.ts";
import { AdoptCalendar, adoptCalendar } from "./adopt-calendar.ts";
import { answerReport } from "./answer-report.ts";
import { declineReport } from "./decline-report.ts";
import { receiveReport } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";
import { referReport } from "./refer-report.ts";
import { sayMeToo } from "./say-me-too.ts";
import { withdrawReport } from "./withdraw-report.ts";

/** What an office would paste. No notice of that year was published when this was written: the one day in it is a sample of this test's. */
const PASTED = '{"year": 2027, "source": "测试样例，不是通知", "days": [{"day": "2027-01-01", "kind": "off", "name": "样例"}]}';

const PASTE_ON = "2026-12-15";
const LAST = "2027-01-15";
/** Days on which somebody comes to the office; on some of them everything is done. */
const DAYS = ["11-01", "11-02", "11-07", "11-20", "12-08", "12-15", "12-18", "12-22", "12-29", "12-31"]
  .map((day) => `2026-${day}`)
  .concat("2027-01-04", "2027-01-08", LAST);
const WHOLE_DAYS = new Set(["2026-11-01", "2026-11-20", "2026-12-31", "2027-01-04"]);

type Step = readonly [command: DeskCommand, by: Officer, choice?: Partial<Choice>];

/** Sends the forms one after another, on one day, and remembers which. */
async function does({ done, ...t }: Walk, number: string, at: Date, steps: readonly Step[]): Promise<void> {
  for (const [command, by, choice] of steps) {
    await actOn(t, number, command, by, at, { yes: true, ...choice });
    done.add(command);
  }
}

const NO = { yes: false };

/** Every act on a problem up to its notice, all on one day, in an order in which each is possible. */
async function wholeDay(walk: Walk, day: Day): Promise<readonly string[]> {
  const { cast, town } = walk;
  const at = on(day);
  await wholeInbox(walk, at);
  const dropped = await aProblem(walk, 0, at);
  await does(walk, dropped, at, [
    ["assign", cast.qianWen],
    ["propose-dismissal", cast.qianWen],
    ["decide-dismissal", cast.zhengShang],
    ["reinstate", cast.qianWen],
    ["assign", cast.qianWen],
  ]);
  const number = await aProblem(walk, 2, at);
  const { id: problem } = (await deskOf(walk, number, at)).standing.problem;
  await does(walk, number, at, [
    ["theme", cast.qianWen],
    ["assign", cast.qianWen],
    ["ask-extension", cast.wuJie],
    ["decide-extension", cast.zhengShang],
    ["ask-suspension", cast.wangLu],
    ["decide-suspension", cast.zhaoShu],
    ["resume", cast.qianWen],
    ["record-progress", cast.wuJie],
    ["add-evidence", cast.wuJie],
    ["remind", cast.qianWen],
    ["declare-rectified", cast.wuJie],
    ["check", cast.fengZheng, NO],
    ["ask-suspension", cast.wangLu],
    ["decide-suspension", cast.zhaoShu],
    ["resume", cast.qianWen],
    ["hand-over", cast.qianWen, { leaders: [cast.liHe.id] }],
    ["declare-rectified", cast.wuJie],
    ["check", cast.fengZheng],
  ]);
  await acceptReport(town, cast.qianWen, at, { report: await aReport(walk, at), problem });
  await sayMeToo(town, at, { problem, device: "another", address: "192.0.2.1" });
  await does(walk, number, at, [
    ["ask-reporters", cast.qianWen],
    ["post-notice", cast.qianWen],
  ]);
  await raiseObjection(town, RESIDENT, at, { problem, reason: "昨天还没修", address: "192.0.2.7" });
  await does(walk, number, at, [["decide-objection", cast.fengZheng, NO]]);
  await does(walk, number, at, [["record-answer", cast.qianWen, NO]]);
  await answerAll(walk, number, at, "no");
  for (const _ of [1, 2, 3]) await does(walk, number, at, [["overrule-answer", cast.qianWen]]);
  return day < "2026-12" ? [number] : [number, await wentBack(walk, at)];
}

/** One that its reporter, then a neighbour, sends back to work. */
async function wentBack(walk: Walk, at: Date): Promise<string> {
  const { cast, town } = walk;
  const number = await aProblem(walk, 1, at);
  const rectified: readonly Step[] = [
    ["declare-rectified", cast.wuJie],
    ["check", cast.fengZheng],
  ];
  await does(walk, number, at, [["assign", cast.qianWen], ...rectified]);
  await answerAll(walk, number, at, "no");
  await does(walk, number, at, [["return", cast.fengZheng], ...rectified, ["post-notice", cast.qianWen]]);
  const { id: problem } = (await deskOf(walk, number, at)).standing.problem;
  await raiseObjection(town, RESIDENT, at, { problem, reason: "还是没修好", address: "192.0.2.7" });
  await does(walk, number, at, [["decide-objection", cast.fengZheng]]);
  return number;
}

async function aReport({ town, categories }: ATown, at: Date): Promise<string> {
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint });
  return (await receiveReport(town, null, at, { ...what, channel: "web" })).report;
}

/** Everything that may become of a report. */
async function wholeInbox(walk: Walk, at: Date): Promise<void> {
  const { cast, town, categories } = walk;
  const by = cast.qianWen;
  const [answered, declined, referred, opened, withdrawn] = await Promise.all([1, 2, 3, 4, 5].map(() => aReport(walk, at)));
  await answerReport(town, by, at, { report: answered ?? "", text: "已转电工" });
  await declineReport(town, by, at, { report: declined ?? "", reason: "不归本镇" });
  await referReport(town, by, at, { report: referred ?? "", referredTo: "供电所", reason: "归他们管" });
  const what = AcceptByOpening.parse({ report: opened, title: "路灯不亮", category: categories.complaint });
  await acceptReport(town, by, at, what);
  await addWord(town, at, { report: opened ?? "", text: "又坏了一盏", photos: [] });
  await withdrawReport(town, at, { report: withdrawn ?? "", reason: "自己修好了" });
  await aReport(walk, at); // nobody deals with this one
}

/** What each day brings to what lies there: a closing where the gate is open, a look-back on its day – every other one relapsed. */
async function goOn(t: Walk, numbers: readonly string[], day: Day): Promise<void> {
  const at = on(day);
  for (const [i, number] of numbers.entries()) {
    const desk = await deskOf(t, number, at);
    const no = (command: DeskCommand, by: (typeof t.cast)[keyof typeof t.cast]) =>
      offersOf(desk, by, at).find((offer) => offer.command === command)?.refused;
    const { status, dueOn } = desk.standing.problem;
    if (status === "verified") {
      const shut = no("close", t.cast.qianWen);
      if (shut === null) await does(t, number, at, [["close", t.cast.qianWen]]);
      else if (shut !== undefined) t.heldBack.add(shut);
    } else if (status === "closed" && desk.round.lookBacks.some((one) => isAhead(one) && one.dueOn <= day)) {
      await does(t, number, at, [["look-back", t.cast.fengZheng, { yes: i % 2 === 0 }]]);
      if (i % 2 === 0) await does(t, number, at, [["reopen", t.cast.fengZheng]]);
    } else if (status === "assigned" && desk.standing.problem.relapseCount > 0) {
      await does(t, number, at, [["record-progress", t.cast.wuJie]]);
      if (dueOn === null) assert.equal(lampOf(desk.standing.problem, day).says, "waiting-for-calendar");
      await does(t, number, at, [
        ["declare-rectified", t.cast.wuJie],
        ["check", t.cast.fengZheng, NO],
      ]);
    }
  }
}

/** What a walk remembers: which acts were done, and what held a closing back. */
type Walk = ATown & { readonly done: Set<DeskCommand>; readonly heldBack: Set<string> };

async function walk(context: TestContext, pasted: boolean) {
  const t: Walk = { ...(await aTown(context)), done: new Set(), heldBack: new Set() };
  const numbers: string[] = [];
  for (const day of DAYS) {
    if (day === PASTE_ON && pasted) await paste(t, day);
    await resumeDueProblems(t.town, on(day));
    await goOn(t, numbers, day);
    if (WHOLE_DAYS.has(day)) numbers.push(...(await wholeDay(t, day)));
  }
  const { open: _, join: __, supplement: ___, "undo-opening": ____, ...acts } = LEDGER_ACTS; // done from a report, not at the desk
  assert.deepEqual([...t.done].sort(), Object.keys({ ...acts, ...GATE_ACTS }).sort(), "an act that the walk leaves out");
  await everyPageAnswers(t, numbers);
  assert.deepEqual(await checkProblems(t.town), []);
  return { ...t, numbers };
}

async function paste({ town, cast }: ATown, day: Day): Promise<void> {
  await adoptCalendar(town, cast.zhouXi, on(day), AdoptCalendar.parse({ ...JSON.parse(PASTED), version: null }));
}

/** The public pages of what was walked, and those of the office that show days. */
async function everyPageAnswers({ town, cast }: ATown, numbers: readonly string[]): Promise<void> {
  await town.db.updateTable("people.policy").set({ password_days: 0 }).execute();
  const door = aDoor({ town, at: on(LAST) });
  const cookie = await door.cookieOf(cast.qianWen);
  const entries = numbers.flatMap((number) => [`/ledger/${number}`, `/office/ledger/${number}`]);
  for (const path of ["/", "/ledger", "/figures", "/office", "/office/inbox", "/office/ledger", ...entries])
    assert.equal((await door.get(path, cookie)).status, 200, path);
}

async function waitingFor({ town }: ATown) {
  const problems = await town.db
    .selectFrom("ledger.problem")
    .select("number")
    .where("due_on", "is", null)
    .where("assigned_on", "is not", null)
    .execute();
  const notices = await town.db.selectFrom("verification.notice").select("posted_at").where("last_day", "is", null).execute();
  const reports = await town.db.selectFrom("intake.report").select("id").where("first_reply_due_at", "is", null).execute();
  return { problems: problems.length, notices: notices.map(({ posted_at }) => dayOf(posted_at)), reports: reports.length };
}

test("with the coming year unknown nothing freezes and nothing is invented; a late calendar gives every waiting day", async (context) => {
  const its = await walk(context, false);
  const { town } = its;
  assert.deepEqual([...(await readCalendar(town)).years], [2026]);
  const waiting = await waitingFor(its);
  assert.ok(waiting.problems > 0 && waiting.reports > 0, "the walk no longer meets what the calendar cannot say");
  assert.ok(
    waiting.notices.every((posted) => posted >= "2026-12-28"),
    waiting.notices.join(),
  );
  assert.deepEqual([...its.heldBack].sort(), ["notice/running", "notice/waits-for-calendar"]);
  await paste(its, addDays(LAST, 1));
  const after = await waitingFor(its);
  assert.deepEqual(after, { problems: 0, notices: [], reports: 0 });
  const eve = await town.db
    .selectFrom("verification.notice")
    .select(["posted_at", "last_day"])
    .where("posted_at", "=", on("2026-12-31"))
    .executeTakeFirstOrThrow();
  assert.equal(eve.last_day, "2027-01-06");
  const verbs = await town.db.selectFrom("audit.event").select("verb").where("verb", "in", ["problem.dated", "notice.dated"]).execute();
  assert.deepEqual(new Set(verbs.map(({ verb }) => verb)), new Set(["problem.dated", "notice.dated"]));
  assert.deepEqual(await checkProblems(town), []);
});

test("with the coming year pasted in mid-December everything is counted, and nothing waits any more", async (context) => {
  const its = await walk(context, true);
  assert.deepEqual(await waitingFor(its), { problems: 0, notices: [], reports: 0 });
  assert.deepEqual([...its.heldBack], ["notice/running"]);
});
