import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import type { Officer } from "#people/officer";
import { newId } from "#platform/ids";
import type { RefusalCode } from "#refusals";
import { joinReport } from "#ledger/join-report";
import { releaseReport } from "#ledger/release-report";
import { act, actOn, answerAll, aProblem, aVerifiedProblem, deskOf, on } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { answerQuestion } from "./answer-question.ts";
import type { DeskCommand } from "#office/desk";
import { offersOf } from "#office/offers";
import { findRound } from "./find-round.ts";
import { MOST_OBJECTIONS_FROM_HERE, raiseObjection } from "./raise-objection.ts";

const TUESDAY = on("2026-08-04");
const WEDNESDAY = on("2026-08-05");
/** The notice posted on the 5th ends with Monday the 10th; the windows opened on the 4th end on the 11th at nine. */
const AFTER_ALL = on("2026-08-12");

/** The button is grey with these words, and the command says the same. */
async function refused(t: ATown, number: string, command: DeskCommand, by: Officer, at: Date, code: RefusalCode): Promise<void> {
  const desk = await deskOf(t, number, at);
  assert.equal(offersOf(desk, by, at).find((offer) => offer.command === command)?.refused, code);
  await assert.rejects(act(t, desk, command, by, at), { code });
}

test("a leader, an earlier leader, whoever worked on it and the responsible unit never verify", async (context) => {
  const t = await aTown(context);
  const { cast, units } = t;
  const verifying = (who: Officer): Officer => ({ ...who, duties: new Set([...who.duties, "verifier" as const]) });
  const number = await aProblem(t);
  await actOn(t, number, "assign", cast.zhengShang, AT);
  await actOn(t, number, "record-progress", cast.wuJie, AT);
  await actOn(t, number, "hand-over", cast.zhengShang, AT, { yes: true, leaders: [cast.liHe.id], unit: units.ecology });
  await actOn(t, number, "declare-rectified", cast.liHe, on("2026-08-03"));
  await refused(t, number, "check", verifying(cast.liHe), TUESDAY, "verifier/leads");
  await refused(t, number, "check", verifying(cast.wangLu), TUESDAY, "verifier/leads");
  await refused(t, number, "check", verifying(cast.wuJie), TUESDAY, "verifier/worked-on-it");
  await refused(t, number, "check", { ...cast.fengZheng, unit: units.ecology }, TUESDAY, "verifier/same-unit");
  await refused(t, number, "check", verifying(cast.zhaoShu), TUESDAY, "officer/not-allowed");
  await actOn(t, number, "check", cast.fengZheng, TUESDAY);
});

test("closing is the office's, never of the one who passed it nor of one who answers for it", async (context) => {
  const t = await aTown(context);
  const { cast } = t;
  const number = await aVerifiedProblem(t, 0);
  await actOn(t, number, "post-notice", cast.qianWen, WEDNESDAY);
  await refused(t, number, "close", cast.fengZheng, AFTER_ALL, "officer/not-allowed");
  await refused(t, number, "close", { ...cast.fengZheng, duties: new Set(["verifier", "office"]) }, AFTER_ALL, "closer/only-verifier");
  await refused(t, number, "close", { ...cast.wangLu, duties: new Set(["leader", "office"]) }, AFTER_ALL, "officer/answerable");
  await actOn(t, number, "close", cast.qianWen, AFTER_ALL);
});

test("while a reporter may still answer nothing closes; when all have answered the window is over", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t, 2);
  await actOn(t, number, "post-notice", t.cast.qianWen, TUESDAY);
  await refused(t, number, "close", t.cast.qianWen, on("2026-08-10"), "question/window-open");
  await answerAll(t, number, on("2026-08-10"), "yes");
  await actOn(t, number, "close", t.cast.qianWen, on("2026-08-10"));
  assert.equal((await deskOf(t, number)).events[0]?.facts["silent"], 0);
});

test("who took the report back is not waited for", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t);
  await actOn(t, number, "post-notice", t.cast.qianWen, TUESDAY);
  const { standing, reports } = await deskOf(t, number);
  await releaseReport(t.town, RESIDENT, WEDNESDAY, { report: reports[0]?.report ?? "" });
  assert.equal(standing.problem.reportCount - 1, (await deskOf(t, number)).standing.problem.reportCount);
  await actOn(t, number, "close", t.cast.qianWen, on("2026-08-10"));
});

test("a reporter who joined after the check is asked too before anything closes", async (context) => {
  const t = await aTown(context);
  const { cast, town } = t;
  const number = await aVerifiedProblem(t, 0);
  await refused(t, number, "ask-reporters", cast.qianWen, WEDNESDAY, "question/none");
  const { problem } = (await deskOf(t, number)).standing;
  await joinReport(town, cast.qianWen, WEDNESDAY, { problem: problem.id, report: newId(WEDNESDAY), channel: "phone", answer: null });
  await actOn(t, number, "post-notice", cast.qianWen, WEDNESDAY);
  await refused(t, number, "close", cast.qianWen, AFTER_ALL, "question/unasked");
  await actOn(t, number, "ask-reporters", cast.qianWen, AFTER_ALL);
  await refused(t, number, "close", cast.qianWen, AFTER_ALL, "question/window-open");
  await actOn(t, number, "close", cast.qianWen, on("2026-08-20"));
});

test("a “not solved” is honoured, or overruled with a public reason, before anything closes", async (context) => {
  const t = await aTown(context);
  const { cast } = t;
  const number = await aVerifiedProblem(t);
  await refused(t, number, "return", cast.fengZheng, WEDNESDAY, "answer/none-to-honour");
  await refused(t, number, "overrule-answer", cast.qianWen, WEDNESDAY, "answer/nothing-to-overrule");
  await answerAll(t, number, WEDNESDAY, "no");
  await actOn(t, number, "post-notice", cast.qianWen, WEDNESDAY);
  await refused(t, number, "close", cast.qianWen, AFTER_ALL, "answer/no-stands");
  await actOn(t, number, "overrule-answer", cast.qianWen, WEDNESDAY);
  await actOn(t, number, "close", cast.qianWen, AFTER_ALL);

  const honoured = await aVerifiedProblem(t);
  await answerAll(t, honoured, WEDNESDAY, "no");
  await actOn(t, honoured, "return", cast.fengZheng, WEDNESDAY);
  const { problem } = (await deskOf(t, honoured)).standing;
  assert.deepEqual([problem.status, problem.rectifiedOn, problem.dueOn], ["assigned", null, problem.originalDueOn]);
});

test("an answer is given once, in the window, while it matters", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t);
  const question = (await deskOf(t, number)).round.questions[0]?.id ?? "";
  const yes = { question, solved: "yes", satisfied: "", why: "" } as const;
  await assert.rejects(answerQuestion(t.town, RESIDENT, AFTER_ALL, yes), { code: "question/closed" });
  await answerQuestion(t.town, RESIDENT, WEDNESDAY, yes);
  await assert.rejects(answerQuestion(t.town, RESIDENT, WEDNESDAY, yes), { code: "question/already-answered" });
  await assert.rejects(answerQuestion(t.town, RESIDENT, WEDNESDAY, { ...yes, question: newId(AT) }), { code: "question/none" });

  const again = await aVerifiedProblem(t, 2);
  const [first, second] = (await deskOf(t, again)).round.questions;
  await answerQuestion(t.town, RESIDENT, WEDNESDAY, { ...yes, question: first?.id ?? "", solved: "no" });
  await actOn(t, again, "return", t.cast.fengZheng, WEDNESDAY);
  await assert.rejects(answerQuestion(t.town, RESIDENT, WEDNESDAY, { ...yes, question: second?.id ?? "" }), { code: "question/closed" });
});

test("the notice runs its working days to the end, and without it nothing closes", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t, 0);
  await refused(t, number, "close", t.cast.qianWen, AFTER_ALL, "notice/none");
  await actOn(t, number, "post-notice", t.cast.qianWen, WEDNESDAY);
  assert.equal((await deskOf(t, number)).round.notice?.lastDay, "2026-08-10");
  await refused(t, number, "post-notice", t.cast.qianWen, WEDNESDAY, "notice/posted");
  await refused(t, number, "close", t.cast.qianWen, on("2026-08-10"), "notice/running");
  await actOn(t, number, "close", t.cast.qianWen, on("2026-08-11"));
  await refused(t, number, "close", t.cast.qianWen, on("2026-08-11"), "problem/closed");
});

test("a notice whose last day the calendar cannot say stands until it arrives: anybody objects, nothing closes", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t, 0);
  await actOn(t, number, "post-notice", t.cast.qianWen, on("2026-12-30"));
  const { round, standing } = await deskOf(t, number);
  assert.equal(round.notice?.lastDay, null);
  await refused(t, number, "close", t.cast.qianWen, on("2027-01-20"), "notice/waits-for-calendar");
  await raiseObjection(t.town, RESIDENT, on("2027-01-20"), { problem: standing.problem.id, reason: "还是没人", address: "192.0.2.7" });
});

test("objections of one network stop at so many a day, whoever sends them; another network is heard, and the next day", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t, 0);
  await actOn(t, number, "post-notice", t.cast.qianWen, WEDNESDAY);
  const { problem } = (await deskOf(t, number)).standing;
  const object = (address: string, day = "2026-07-31") =>
    raiseObjection(t.town, RESIDENT, on(day), { problem: problem.id, reason: "还是没人", address });
  for (let n = 0; n < MOST_OBJECTIONS_FROM_HERE; n += 1) await object(`192.0.2.${n}`);
  await assert.rejects(object("192.0.2.99"), { code: "objection/many-from-here" });
  await object("198.51.100.1");
  await object("192.0.2.99", "2026-08-01");
  const { objections } = await findRound(t.town, problem.id);
  assert.equal(objections.length, MOST_OBJECTIONS_FROM_HERE + 2);
});

test("anybody may object while the notice stands; an open objection blocks, an upheld one sends it back to work", async (context) => {
  const t = await aTown(context);
  const { cast, town } = t;
  const number = await aVerifiedProblem(t, 0);
  const { problem } = (await deskOf(t, number)).standing;
  const objection = { problem: problem.id, reason: "昨天中午去还是没人", address: "192.0.2.7" };
  await assert.rejects(raiseObjection(town, RESIDENT, WEDNESDAY, objection), { code: "notice/none" });
  await actOn(t, number, "post-notice", cast.qianWen, WEDNESDAY);
  await raiseObjection(town, RESIDENT, on("2026-08-10"), objection);
  await assert.rejects(raiseObjection(town, RESIDENT, on("2026-08-11"), objection), { code: "notice/over" });
  await refused(t, number, "close", cast.qianWen, AFTER_ALL, "objection/open");
  await refused(t, number, "decide-objection", { ...cast.wangLu, duties: new Set(["verifier"]) }, AFTER_ALL, "verifier/leads");
  await actOn(t, number, "decide-objection", cast.fengZheng, AFTER_ALL, { yes: true });
  const back = await deskOf(t, number);
  assert.equal(back.standing.problem.status, "assigned");
  assert.equal(back.round.objections[0]?.decision, "upheld");
});

test("a look-back waits for its day and is held once", async (context) => {
  const t = await aTown(context);
  const { cast } = t;
  const number = await aVerifiedProblem(t, 0);
  await refused(t, number, "look-back", cast.fengZheng, AFTER_ALL, "problem/wrong-status");
  await actOn(t, number, "post-notice", cast.qianWen, WEDNESDAY);
  await actOn(t, number, "close", cast.qianWen, AFTER_ALL);
  await refused(t, number, "look-back", cast.fengZheng, on("2026-09-10"), "look-back/not-due");
  await refused(t, number, "look-back", { ...cast.wuJie, duties: new Set(["verifier"]) }, on("2026-09-11"), "verifier/worked-on-it");
  const before = await deskOf(t, number);
  await act(t, before, "look-back", cast.fengZheng, on("2026-09-11"));
  await refused(t, number, "look-back", cast.fengZheng, on("2026-09-11"), "look-back/not-due");
  const after = await deskOf(t, number);
  const drawnAgain = { ...after, round: before.round };
  await assert.rejects(act(t, drawnAgain, "look-back", cast.fengZheng, on("2026-12-01")), { code: "look-back/done" });
});

test("a problem that is back before anybody looked is reopened, and its look-backs are dropped", async (context) => {
  const t = await aTown(context);
  const { cast } = t;
  const number = await aVerifiedProblem(t, 0);
  await actOn(t, number, "post-notice", cast.qianWen, WEDNESDAY);
  await actOn(t, number, "close", cast.qianWen, AFTER_ALL);
  await actOn(t, number, "reopen", cast.qianWen, on("2026-08-20"));
  const { standing, round } = await deskOf(t, number);
  assert.deepEqual([standing.problem.status, standing.problem.relapseCount], ["assigned", 1]);
  assert.ok(round.lookBacks.every((planned) => planned.dropped));
});
