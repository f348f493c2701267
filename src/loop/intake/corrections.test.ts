import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Officer } from "#people/officer";
import { DAY_MS } from "#platform/instant";
import { Refusal } from "#refusals";
import { offersOf } from "#office/offers";
import { actOn, aProblem, aVerifiedProblem, answerAll, deskOf, on } from "#test/desk";
import { aReport } from "#test/inbox";
import { AT, aTown, type ATown } from "#test/town";
import { AcceptByOpening, acceptReport } from "./accept-report.ts";
import { addWord } from "./add-word.ts";
import { answerReport } from "./answer-report.ts";
import { confirmJoin } from "./confirm-join.ts";
import { declineReport } from "./decline-report.ts";
import { disputeJoin } from "./dispute-join.ts";
import { lookAtIdentity } from "./look-at-identity.ts";
import { moveReport } from "./move-report.ts";
import { findReport } from "./queries.ts";
import { standingDecision } from "./report.ts";
import { searchByPhone } from "./search-by-phone.ts";
import { separateReport } from "./separate-report.ts";
import { takeBackDecision } from "./take-back-decision.ts";
import { tellOverdue } from "./tell-overdue.ts";
import { undoOpening } from "./undo-opening.ts";
import { withdrawReport } from "./withdraw-report.ts";

const TUESDAY = on("2026-08-04");
const WEDNESDAY = on("2026-08-05");
const AFTER_ALL = on("2026-08-12");
const LOOK = { reasonClass: "clarify", reason: "核实地点" } as const;
const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

async function problemOf({ town }: ATown, number: string): Promise<string> {
  return (await town.db.selectFrom("ledger.problem").select("id").where("number", "=", number).executeTakeFirstOrThrow()).id;
}

async function eventOf({ town }: ATown, report: string, verb: string): Promise<string> {
  const events = await town.db.selectFrom("audit.event").select("id").where("subject", "=", report).where("verb", "=", verb).execute();
  return events.at(-1)?.id ?? assert.fail(`no ${verb}`);
}

/** As the page of the report draws it: with the decision that stands. */
async function correcting({ town }: ATown, report: string, reason = "并错了") {
  const { words } = (await findReport(town, report)) ?? assert.fail();
  return { report, decision: standingDecision(words)?.id ?? assert.fail("nothing is decided"), reason };
}

/** A verified problem to which a report was joined that is about something else; its reporter was asked and said no. */
async function aWrongJoin(context: TestContext) {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t, 1);
  const { report } = await aReport(t, { title: "路灯不亮", phone: "13800001234" });
  const problem = await problemOf(t, number);
  await acceptReport(t.town, t.cast.qianWen, TUESDAY, { report, problem });
  await actOn(t, number, "ask-reporters", t.cast.qianWen, TUESDAY);
  await actOn(t, number, "post-notice", t.cast.qianWen, TUESDAY);
  await answerAll(t, number, WEDNESDAY, "no");
  return { ...t, number, report, problem };
}

const countsOf = async (t: ATown, number: string) => {
  const { problem } = (await deskOf(t, number)).standing;
  return [problem.reportCount, problem.answeredCount, problem.solvedCount];
};

/** Why the office may not strike it off; null when it may. */
async function whyNotClosed(t: ATown, number: string, by: Officer, at: Date): Promise<string | null | undefined> {
  return offersOf(await deskOf(t, number, at), by, at).find(({ command }) => command === "close")?.refused;
}

test("an answer, a referral or a refusal taken back waits again with the day it had, and names what it corrects", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const { report } = await aReport(t);
  const before = await findReport(town, report);
  await answerReport(town, cast.qianWen, TUESDAY, { report, text: "不是本镇的事" });
  const answered = await eventOf(t, report, "report.answered");
  await takeBackDecision(town, cast.qianWen, WEDNESDAY, await correcting(t, report, "答错了"));
  const after = await findReport(town, report);
  assert.deepEqual(
    [after?.status, after?.firstAnsweredAt, after?.firstReplyDueAt?.getTime()],
    ["received", null, before?.firstReplyDueAt?.getTime()],
  );
  assert.deepEqual([after?.words.at(-1)?.kind, after?.words.at(-1)?.text], ["taken-back", "答错了"]);
  const event = await town.db.selectFrom("audit.event").select("body").where("verb", "=", "report.taken-back").executeTakeFirstOrThrow();
  assert.ok(event.body.includes(`"corrects":"${answered}"`));
  await declineReport(town, cast.qianWen, WEDNESDAY, { report, reason: "不归本镇" });
  assert.equal((await findReport(town, report))?.status, "declined");
});

test("an answer that was taken back answers nobody: once its day has passed the first reply is overdue", async (context) => {
  const t = await aTown(context);
  const { report } = await aReport(t);
  await answerReport(t.town, t.cast.qianWen, AT, { report, text: "已经修好" });
  const late = new Date(AT.getTime() + 30 * DAY_MS);
  assert.equal(await tellOverdue(t.town, late), 0);
  await takeBackDecision(t.town, t.cast.qianWen, late, await correcting(t, report));
  assert.equal(await tellOverdue(t.town, late), 1);
});

test("of two who correct at once the second is told, and so is whoever corrects what a colleague decided since", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const { report } = await aReport(t);
  await answerReport(town, cast.qianWen, TUESDAY, { report, text: "已经修好" });
  const drawn = await correcting(t, report);
  await takeBackDecision(town, cast.zhengShang, WEDNESDAY, drawn);
  await assert.rejects(takeBackDecision(town, cast.qianWen, WEDNESDAY, drawn), refusal("report/changed"));
  await answerReport(town, cast.zhengShang, WEDNESDAY, { report, text: "明天来修" });
  await assert.rejects(takeBackDecision(town, cast.qianWen, WEDNESDAY, drawn), refusal("report/changed"));
  await assert.rejects(takeBackDecision(town, cast.fengZheng, WEDNESDAY, drawn), refusal("officer/not-allowed"));
  assert.equal((await findReport(town, report))?.status, "answered");
});

test("a wrong join corrected: its reporter's “no” is no longer in the way, nor counted, and the number is struck off", async (context) => {
  const t = await aWrongJoin(context);
  const { town, cast, number, report } = t;
  assert.deepEqual(await countsOf(t, number), [2, 2, 0]);
  await actOn(t, number, "overrule-answer", cast.qianWen, WEDNESDAY); // the other reporter's
  assert.equal(await whyNotClosed(t, number, cast.qianWen, AFTER_ALL), "answer/no-stands");
  await separateReport(town, cast.qianWen, WEDNESDAY, await correcting(t, report));
  assert.deepEqual(await countsOf(t, number), [1, 1, 0]);
  const { round, reports } = await deskOf(t, number, AFTER_ALL);
  assert.deepEqual([round.questions.length, round.unasked.length, reports.length], [1, 0, 1]);
  await actOn(t, number, "close", cast.qianWen, AFTER_ALL);
  const waiting = await findReport(town, report);
  assert.deepEqual([waiting?.status, waiting?.problem, waiting?.firstAnsweredAt], ["received", null, null]);
});

test("a “no” that is taken out and joined again still stands: nobody is silenced by a correction", async (context) => {
  const t = await aWrongJoin(context);
  const { town, cast, number, report, problem } = t;
  await actOn(t, number, "overrule-answer", cast.qianWen, WEDNESDAY);
  await separateReport(town, cast.qianWen, WEDNESDAY, await correcting(t, report));
  await acceptReport(town, cast.qianWen, WEDNESDAY, { report, problem });
  assert.deepEqual(await countsOf(t, number), [2, 2, 0]);
  assert.equal(await whyNotClosed(t, number, cast.qianWen, AFTER_ALL), "answer/no-stands");
});

test("a report is moved to the problem it is about, where its reporter is asked anew", async (context) => {
  const t = await aWrongJoin(context);
  const { town, cast, number, report } = t;
  const right = await aProblem(t, 0);
  const to = await problemOf(t, right);
  await moveReport(town, cast.qianWen, WEDNESDAY, { ...(await correcting(t, report)), problem: to });
  const moved = await findReport(town, report);
  assert.deepEqual([moved?.status, moved?.problem, moved?.words.at(-1)?.kind], ["accepted", to, "moved"]);
  assert.deepEqual(await countsOf(t, number), [1, 1, 0]);
  assert.deepEqual(await countsOf(t, right), [1, 0, 0]);
  await assert.rejects(
    moveReport(town, cast.qianWen, WEDNESDAY, { ...(await correcting(t, report)), problem: to }),
    refusal("report/same-problem"),
  );
  await withdrawReport(town, AFTER_ALL, { report, reason: "" });
  assert.deepEqual(await countsOf(t, right), [0, 0, 0]);
});

test("whoever is involved corrects no join, and learns no more of who sent a report that was taken out", async (context) => {
  const t = await aWrongJoin(context);
  const { town, cast, report, number } = t;
  const leader: Officer = { ...cast.wangLu, duties: new Set(["leader", "clerk", "office"]) };
  const to = await problemOf(t, await aProblem(t, 0));
  const drawn = await correcting(t, report);
  await disputeJoin(town, WEDNESDAY, { report, text: "" });
  await assert.rejects(separateReport(town, leader, WEDNESDAY, drawn), refusal("officer/answerable"));
  await assert.rejects(moveReport(town, leader, WEDNESDAY, { ...drawn, problem: to }), refusal("officer/answerable"));
  await assert.rejects(confirmJoin(town, leader, WEDNESDAY, { report, reason: "一样" }), refusal("officer/answerable"));
  assert.deepEqual(await countsOf(t, number), [2, 2, 0], "nothing was moved by who may not");
  await separateReport(town, cast.qianWen, WEDNESDAY, drawn);
  await assert.rejects(lookAtIdentity(town, leader, WEDNESDAY, { report, ...LOOK }), refusal("officer/involved"));
  assert.deepEqual(await searchByPhone(town, leader, WEDNESDAY, { ...LOOK, phone: "13800001234" }), []);
  assert.equal((await searchByPhone(town, cast.qianWen, WEDNESDAY, { ...LOOK, phone: "13800001234" })).length, 1);
});

test("an opening that nothing followed is undone: the number stays with the reason, the report waits again", async (context) => {
  const t = await aTown(context);
  const { town, cast, categories } = t;
  const { report } = await aReport(t);
  const opening = AcceptByOpening.parse({ report, title: "窗口中午没人", category: categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, TUESDAY, opening);
  await undoOpening(town, cast.qianWen, TUESDAY, await correcting(t, report, "点错了"));
  const entry = await town.db.selectFrom("ledger.problem").select(["number", "status"]).where("id", "=", problem).executeTakeFirstOrThrow();
  assert.equal(entry.status, "dismissed");
  assert.deepEqual(await countsOf(t, entry.number), [0, 0, 0]);
  const { events } = await deskOf(t, entry.number);
  assert.ok(events.some(({ verb, words }) => verb === "problem.opening-undone" && words["reason"] === "点错了"));
  assert.equal((await findReport(town, report))?.status, "received");
  const again = await acceptReport(town, cast.qianWen, TUESDAY, opening);
  const next = await town.db.selectFrom("ledger.problem").select("number").where("id", "=", again.problem).executeTakeFirstOrThrow();
  assert.notEqual(next.number, entry.number, "a number is never given twice");
});

test("an opening that something followed is not undone; the report can still be taken out of it", async (context) => {
  const t = await aTown(context);
  const { town, cast, categories } = t;
  const { report } = await aReport(t);
  const opening = AcceptByOpening.parse({ report, title: "窗口中午没人", category: categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, TUESDAY, opening);
  const { number } = await town.db.selectFrom("ledger.problem").select("number").where("id", "=", problem).executeTakeFirstOrThrow();
  await actOn(t, number, "assign", cast.zhengShang, TUESDAY);
  await assert.rejects(undoOpening(town, cast.qianWen, TUESDAY, await correcting(t, report)), refusal("opening/followed"));
  await separateReport(town, cast.qianWen, TUESDAY, await correcting(t, report));
  assert.deepEqual([...(await countsOf(t, number)), (await deskOf(t, number)).standing.problem.status], [0, 0, 0, "assigned"]);
});

test("a reporter says once that it is another matter: it waits until it is decided, whatever else is read", async (context) => {
  const t = await aWrongJoin(context);
  const { town, cast, report } = t;
  await disputeJoin(town, WEDNESDAY, { report, text: "我说的是路灯" });
  await assert.rejects(disputeJoin(town, WEDNESDAY, { report, text: "" }), refusal("report/disputed"));
  const seen = await addWord(town, WEDNESDAY, { report, text: "桥头那盏", photos: [] });
  await confirmJoin(town, cast.qianWen, AFTER_ALL, { report, reason: "就是这盏灯", seen });
  const confirmed = await findReport(town, report);
  assert.deepEqual([confirmed?.disputedAt, confirmed?.unreadSince, confirmed?.words.at(-1)?.text], [null, null, "就是这盏灯"]);
  await assert.rejects(disputeJoin(town, AFTER_ALL, { report, text: "" }), refusal("report/join-confirmed"));
  await assert.rejects(confirmJoin(town, cast.qianWen, AFTER_ALL, { report, reason: "一样" }), refusal("report/not-disputed"));
});

test("what a silent reporter of a closed problem was counted for ends when the report is taken out", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const number = await aVerifiedProblem(t, 0);
  const { report } = await aReport(t);
  await acceptReport(town, cast.qianWen, TUESDAY, { report, problem: await problemOf(t, number) });
  await actOn(t, number, "ask-reporters", cast.qianWen, TUESDAY);
  await actOn(t, number, "post-notice", cast.qianWen, TUESDAY);
  await actOn(t, number, "close", cast.qianWen, AFTER_ALL);
  const silent = async () =>
    (await town.db.selectFrom("ledger.problem").select("silent_count").where("number", "=", number).executeTakeFirstOrThrow()).silent_count;
  assert.equal(await silent(), 1);
  await separateReport(town, cast.qianWen, AFTER_ALL, await correcting(t, report));
  assert.equal(await silent(), 0);
});
