import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { takeNextCallBack, holdCallBack } from "#office/hold-call-back";
import { listCallBacks } from "#office/call-backs";
import { checkWaiting } from "#office/check-waiting";
import { offersOf } from "#office/offers";
import type { Duty, Officer } from "#people/officer";
import { checkProblems } from "#proof/check-standing";
import type { RefusalCode } from "#refusals";
import { eraseIdentity } from "#vault/erase-identity";
import { aCallBack, morning, afternoon } from "#test/call-back";
import { actOn, deskOf, on } from "#test/desk";
import { aTown, type ATown } from "#test/town";
import { answerQuestion } from "./answer-question.ts";
import { recordAnswer } from "./record-answer.ts";
import { recordAttempt } from "./record-attempt.ts";

function also(who: Officer, ...duties: readonly Duty[]): Officer {
  return { ...who, duties: new Set([...who.duties, ...duties]) };
}

async function queue(t: ATown, at: Date, by: Officer = t.cast.qianWen): Promise<readonly string[]> {
  return (await listCallBacks(t.town, by, at)).map(({ question }) => question);
}

async function nobody(t: ATown, question: string, at: Date, by: Officer = t.cast.qianWen): Promise<void> {
  await recordAttempt(t.town, by, at, { question, manner: "phone" });
}

test("after three days without an answer, in both halves of the day, nobody is called any more, and it stays silence", async (context) => {
  const t = await aTown(context);
  const { number, question } = await aCallBack(t, { phone: "13800000000" });
  await nobody(t, question, morning("2026-08-05"));
  assert.deepEqual(await queue(t, afternoon("2026-08-05")), [], "today is done");
  assert.deepEqual(await queue(t, morning("2026-08-06")), [question], "nothing was written, a day passed");
  await nobody(t, question, morning("2026-08-06"));
  await nobody(t, question, morning("2026-08-07"));
  assert.deepEqual(await queue(t, afternoon("2026-08-08")), [question], "three mornings are not enough");
  await nobody(t, question, afternoon("2026-08-08"));
  assert.deepEqual(await queue(t, morning("2026-08-09")), []);
  await assert.rejects(nobody(t, question, morning("2026-08-09")), { code: "attempt/enough" });
  assert.deepEqual(await checkProblems(t.town), []);
  assert.deepEqual(await checkWaiting(t.town), []);

  await actOn(t, number, "post-notice", t.cast.zhengShang, morning("2026-08-05"));
  const why = async (at: Date) =>
    offersOf(await deskOf(t, number, at), t.cast.zhengShang, at).find(({ command }) => command === "close")?.refused;
  assert.equal(await why(on("2026-08-11")), "question/window-open", "attempts shorten no window");
  assert.equal(await why(on("2026-08-12")), null);
  await actOn(t, number, "close", t.cast.zhengShang, on("2026-08-12"));
  const { events, standing } = await deskOf(t, number);
  assert.deepEqual([events[0]?.facts["silent"], events[0]?.facts["attempts"]], [1, 4]);
  assert.deepEqual([standing.problem.answeredCount, standing.problem.satisfiedCount], [0, 0]);
  assert.deepEqual(await checkProblems(t.town), []);
});

test("nobody answering counts once a day", async (context) => {
  const t = await aTown(context);
  const { number, question } = await aCallBack(t, { phone: "13800000000" });
  await nobody(t, question, morning("2026-08-05"));
  const { events } = await deskOf(t, number);
  assert.equal(events[0]?.verb, "question.attempted");
  assert.deepEqual([events[0].facts["number"], events[0].facts["manner"], events[0].facts["unit"]], [1, "phone", t.units.office]);
  const { version } = (await deskOf(t, number)).standing.problem;
  await assert.rejects(nobody(t, question, afternoon("2026-08-05")), { code: "attempt/same-day" });
  assert.equal((await deskOf(t, number)).standing.problem.version, version, "a refused attempt leaves nothing");
  await nobody(t, question, afternoon("2026-08-06"));
  assert.equal((await deskOf(t, number)).events[0]?.facts["number"], 2);
});

test("whoever answered is called no more, and an attempt beside an answer is refused", async (context) => {
  const t = await aTown(context);
  const { question } = await aCallBack(t, { phone: "13800000000" });
  await answerQuestion(t.town, RESIDENT, morning("2026-08-05"), { question, solved: "yes", satisfied: "yes", why: "" });
  assert.deepEqual(await queue(t, afternoon("2026-08-05")), []);
  await assert.rejects(nobody(t, question, afternoon("2026-08-05")), { code: "answer/given" });
  const other = await aCallBack(t, { phone: "13800000001" });
  await assert.rejects(nobody(t, other.question, on("2026-08-12")), { code: "answer/too-late" });
  assert.deepEqual(await queue(t, on("2026-08-12")), [], "the window is over: nothing was written");
});

test("who is involved, now or ever, finds nobody of the problem in the queue", async (context) => {
  const t = await aTown(context);
  const { cast, units } = t;
  const { question } = await aCallBack(t, { phone: "13800000000" });
  const at = morning("2026-08-05");
  const refusedTo: readonly (readonly [Officer, RefusalCode])[] = [
    [also(cast.wangLu, "clerk"), "officer/answerable"],
    [also(cast.wuJie, "clerk"), "officer/involved"],
    [{ ...cast.qianWen, unit: units.sanitation }, "officer/involved"],
    [cast.fengZheng, "officer/not-allowed"],
  ];
  for (const [by, code] of refusedTo) {
    if (code !== "officer/not-allowed") {
      assert.deepEqual(await queue(t, at, by), [], by.name);
      assert.equal(await takeNextCallBack(t.town, by, at), null);
    }
    await assert.rejects(nobody(t, question, at, by), { code });
  }
  assert.deepEqual(await queue(t, at), [question]);
});

test("in the queue stands who left a telephone or an address: a receipt alone calls nobody, an erased number neither", async (context) => {
  const t = await aTown(context);
  const at = morning("2026-08-05");
  await aCallBack(t, { name: "某反映人", email: "li@example.com" });
  assert.deepEqual(await queue(t, at), []);
  const visited = await aCallBack(t, { address: "东塘村二组" });
  const called = await aCallBack(t, { phone: "13800000000" });
  const shown = await listCallBacks(t.town, t.cast.qianWen, at);
  const byPhone = new Map(shown.map((one) => [one.question, one.byPhone]));
  assert.deepEqual([byPhone.size, byPhone.get(visited.question), byPhone.get(called.question)], [2, false, true]);
  await eraseIdentity(t.town, RESIDENT, at, { report: called.report, because: "asked" });
  assert.deepEqual(await queue(t, at), [visited.question]);
});

test("two clerks who ask for the next one at once are given two; who opens a colleague's is told", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const at = morning("2026-08-05");
  const [one, other] = [(await aCallBack(t, { phone: "13800000000" })).question, (await aCallBack(t, { phone: "13800000001" })).question];
  const clerks = [cast.qianWen, cast.zhengShang];
  const given = await Promise.all(clerks.map((clerk) => takeNextCallBack(town, clerk, at)));
  assert.deepEqual(given.map(String).toSorted(), [one, other].toSorted());
  const [mine, theirs] = given.map((question) => question ?? assert.fail());
  assert.ok(mine !== undefined && theirs !== undefined);
  await assert.rejects(holdCallBack(town, cast.qianWen, at, theirs), { code: "call-back/held" });
  await holdCallBack(town, cast.qianWen, at, mine);
  assert.equal((await listCallBacks(town, cast.qianWen, at)).find(({ question }) => question === theirs)?.heldBy, cast.zhengShang.id);
  const later = new Date(at.getTime() + 10 * 60_000);
  await holdCallBack(town, cast.qianWen, later, theirs);
});

test("of two clerks who record at once one is told that it is done", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const at = morning("2026-08-05");
  const { question } = await aCallBack(t, { phone: "13800000000" });
  const said = { question, solved: "yes", satisfied: "yes", why: "亮了", manner: "phone" } as const;
  const both = await Promise.allSettled([recordAnswer(town, cast.qianWen, at, said), recordAnswer(town, cast.zhengShang, at, said)]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  const again = await aCallBack(t, { phone: "13800000001" });
  const tried = await Promise.allSettled([nobody(t, again.question, at), nobody(t, again.question, at, cast.zhengShang)]);
  assert.deepEqual(tried.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
});
