import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import type { Duty, Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { checkProblems } from "#proof/check-standing";
import { Refusal, type RefusalCode } from "#refusals";
import { actOn, aVerifiedProblem, deskOf, on } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { answerQuestion } from "./answer-question.ts";
import { offersOf } from "#office/offers";
import { recordAnswer } from "./record-answer.ts";

const TUESDAY = on("2026-08-04");
const WEDNESDAY = on("2026-08-05");
/** The notice and the windows are over. */
const AFTER_ALL = on("2026-08-12");

/** Verified, its one reporter asked. */
async function anAskedReporter(t: ATown) {
  const number = await aVerifiedProblem(t);
  const { round, standing } = await deskOf(t, number);
  return { number, problem: standing.problem.id, question: round.questions[0]?.id ?? assert.fail() };
}

function said(question: string, solved: "yes" | "no") {
  return { question, solved, satisfied: solved, why: "灯亮了一盏", manner: "visit" } as const;
}

function also(who: Officer, ...duties: readonly Duty[]): Officer {
  return { ...who, duties: new Set([...who.duties, ...duties]) };
}

async function refused(t: ATown, number: string, by: Officer, at: Date, code: RefusalCode): Promise<void> {
  const desk = await deskOf(t, number, at);
  assert.equal(offersOf(desk, by, at).find(({ command }) => command === "record-answer")?.refused, code);
  await assert.rejects(recordAnswer(t.town, by, at, said(desk.round.questions[0]?.id ?? "", "yes")), { code });
}

async function counts(t: ATown, number: string) {
  const { problem } = (await deskOf(t, number)).standing;
  return [problem.answeredCount, problem.solvedCount, problem.satisfiedCount];
}

test("only the intake desk records what a reporter said, and nobody who is involved", async (context) => {
  const t = await aTown(context);
  const { cast, units } = t;
  const { number, question } = await anAskedReporter(t);
  await refused(t, number, cast.fengZheng, WEDNESDAY, "officer/not-allowed");
  await refused(t, number, also(cast.wangLu, "office"), WEDNESDAY, "officer/answerable");
  await refused(t, number, also(cast.wuJie, "clerk"), WEDNESDAY, "officer/involved");
  await refused(t, number, { ...cast.qianWen, unit: units.sanitation }, WEDNESDAY, "officer/involved");
  await recordAnswer(t.town, cast.qianWen, WEDNESDAY, said(question, "yes"));
});

test("an answer is recorded within the window, in the round, and never beside another", async (context) => {
  const t = await aTown(context);
  const { qianWen, fengZheng } = t.cast;
  const { number, question } = await anAskedReporter(t);
  await assert.rejects(recordAnswer(t.town, qianWen, WEDNESDAY, said(newId(AT), "yes")), { code: "question/none" });
  await refused(t, number, qianWen, AFTER_ALL, "answer/too-late");
  await recordAnswer(t.town, qianWen, WEDNESDAY, said(question, "no"));
  await refused(t, number, qianWen, WEDNESDAY, "answer/given");
  await actOn(t, number, "return", fengZheng, WEDNESDAY);
  await actOn(t, number, "declare-rectified", t.cast.wuJie, WEDNESDAY);
  await actOn(t, number, "check", fengZheng, WEDNESDAY);
  await assert.rejects(recordAnswer(t.town, qianWen, WEDNESDAY, said(question, "yes")), { code: "answer/too-late" });
});

test("the event says how the reporter was asked; the desk says who wrote their words down", async (context) => {
  const t = await aTown(context);
  const { number, question } = await anAskedReporter(t);
  await recordAnswer(t.town, t.cast.qianWen, WEDNESDAY, said(question, "yes"));
  const { events, round } = await deskOf(t, number);
  const [given] = events;
  assert.ok(given);
  assert.deepEqual([given.verb, given.actorKind, given.actor], ["answer.given", "officer", t.cast.qianWen.id]);
  assert.deepEqual([given.facts["manner"], given.facts["solved"], given.words], ["visit", true, { why: "灯亮了一盏", unitName: "党政办" }]);
  assert.deepEqual(round.questions[0]?.answer?.recorded, { manner: "visit", by: t.cast.qianWen.id });
});

test("what the reporter says later counts instead of what was recorded for them, and each reporter counts once", async (context) => {
  const t = await aTown(context);
  const { number, question } = await anAskedReporter(t);
  await recordAnswer(t.town, t.cast.qianWen, TUESDAY, said(question, "yes"));
  assert.deepEqual(await counts(t, number), [1, 1, 1]);
  await answerQuestion(t.town, RESIDENT, WEDNESDAY, { question, solved: "no", satisfied: "", why: "只亮了一盏" });
  assert.deepEqual(await counts(t, number), [1, 0, 0]);
  const answer = (await deskOf(t, number)).round.questions[0]?.answer;
  assert.deepEqual([answer?.why, answer?.recorded], ["只亮了一盏", null]);
  assert.equal(offersOf(await deskOf(t, number), t.cast.fengZheng, WEDNESDAY).find(({ command }) => command === "return")?.refused, null);
  await refused(t, number, t.cast.qianWen, WEDNESDAY, "answer/given");
  const again = { question, solved: "yes", satisfied: "", why: "" } as const;
  await assert.rejects(answerQuestion(t.town, RESIDENT, WEDNESDAY, again), { code: "question/already-answered" });
  assert.deepEqual(await checkProblems(t.town), []);
});

test("a “not solved” that was recorded and overruled does not overrule the one that the reporter says after it", async (context) => {
  const t = await aTown(context);
  const { qianWen } = t.cast;
  const { number, question } = await anAskedReporter(t);
  const why = async (at: Date) => offersOf(await deskOf(t, number, at), qianWen, at).find(({ command }) => command === "close")?.refused;
  await recordAnswer(t.town, qianWen, TUESDAY, said(question, "no"));
  await actOn(t, number, "post-notice", qianWen, TUESDAY);
  await actOn(t, number, "overrule-answer", qianWen, on("2026-08-05"));
  assert.equal(await why(AFTER_ALL), null);
  await answerQuestion(t.town, RESIDENT, on("2026-08-06"), { question, solved: "no", satisfied: "no", why: "还是不亮" });
  assert.equal(await why(AFTER_ALL), "answer/no-stands");
  await actOn(t, number, "overrule-answer", qianWen, on("2026-08-07"));
  assert.equal(await why(AFTER_ALL), null);
});

test("a reporter who answers while an officer records: their own word counts, once, whoever was first", async (context) => {
  const t = await aTown(context);
  for (let n = 0; n < 6; n += 1) {
    const { number, question } = await anAskedReporter(t);
    const own = { question, solved: "no", satisfied: "no", why: "还是不亮" } as const;
    const both = [
      () => answerQuestion(t.town, RESIDENT, WEDNESDAY, own),
      () => recordAnswer(t.town, t.cast.qianWen, WEDNESDAY, said(question, "yes")),
    ];
    const outcomes = await Promise.allSettled((n % 2 === 0 ? both : both.toReversed()).map((act) => act()));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    assert.ok(refusals.every((reason) => reason instanceof Refusal && reason.code === "answer/given"));
    assert.deepEqual(await counts(t, number), [1, 0, 0]);
    assert.equal((await deskOf(t, number)).round.questions[0]?.answer?.recorded, null);
  }
  assert.deepEqual(await checkProblems(t.town), []);
});
