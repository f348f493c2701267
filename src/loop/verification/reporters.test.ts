import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { joinReport } from "#ledger/join-report";
import { newId } from "#platform/ids";
import { act, actOn, aProblem, deskOf, on } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { correctIdentity } from "#vault/correct-identity";
import { eraseIdentity } from "#vault/erase-identity";
import type { Identity } from "#vault/identity";
import { keepIdentity } from "#vault/keep-identity";
import { offersOf } from "#office/offers";
import { isReachable } from "./reporters.ts";

const TUESDAY = on("2026-08-04");
const WEDNESDAY = on("2026-08-05");
/** The notice and the windows are over. */
const AFTER_ALL = on("2026-08-12");

const NOBODY: Identity = { name: "", phone: "", email: "", wechat: "", address: "" };

/** Assigned, answering one letter whose writer left these. */
async function aLetter(t: ATown, left: Partial<Identity>) {
  const number = await aProblem(t, 0);
  const { problem } = (await deskOf(t, number)).standing;
  const report = newId(AT);
  await keepIdentity(t.town, AT, { report, identity: { ...NOBODY, ...left } });
  await joinReport(t.town, t.cast.qianWen, AT, { problem: problem.id, report, channel: "letter", answer: null });
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  await actOn(t, number, "declare-rectified", t.cast.wuJie, on("2026-08-03"));
  return { number, report };
}

async function whyNotClosed(t: ATown, number: string, at: Date) {
  return offersOf(await deskOf(t, number, at), t.cast.qianWen, at).find(({ command }) => command === "close")?.refused;
}

test("a receipt in the hand, a phone, an e-mail, a WeChat or an address can be used to ask; a name alone cannot", () => {
  for (const channel of ["web", "phone", "meeting", "visit", "open311", "enterprise"]) assert.ok(isReachable(channel, []), channel);
  for (const channel of ["letter", "box", "import", "sensor", "patrol"]) {
    assert.ok(!isReachable(channel, []) && !isReachable(channel, ["name"]), channel);
    for (const kind of ["phone", "email", "wechat", "address"] as const)
      assert.ok(isReachable(channel, ["name", kind]), `${channel} ${kind}`);
  }
});

test("whoever wrote a letter with only a name is not asked and not waited for, and no silence is told of them", async (context) => {
  const t = await aTown(context);
  const { number, report } = await aLetter(t, { name: "某某" });
  await actOn(t, number, "check", t.cast.fengZheng, TUESDAY);
  const { round } = await deskOf(t, number);
  assert.deepEqual([round.questions, round.unasked, round.unreachable], [[], [], [report]]);
  await actOn(t, number, "post-notice", t.cast.qianWen, TUESDAY);
  await actOn(t, number, "close", t.cast.qianWen, on("2026-08-10"));
  assert.equal((await deskOf(t, number)).events[0]?.facts["silent"], 0);
});

test("whoever wrote a letter with a phone number is called, and what they say opens the gate", async (context) => {
  const t = await aTown(context);
  const { number } = await aLetter(t, { name: "某某", phone: "13800001234" });
  await actOn(t, number, "check", t.cast.fengZheng, TUESDAY);
  await actOn(t, number, "post-notice", t.cast.qianWen, TUESDAY);
  assert.equal(await whyNotClosed(t, number, on("2026-08-10")), "question/window-open");
  await actOn(t, number, "record-answer", t.cast.qianWen, on("2026-08-10"));
  assert.equal(await whyNotClosed(t, number, on("2026-08-10")), null);
  const { problem } = (await deskOf(t, number)).standing;
  assert.deepEqual([problem.answeredCount, problem.solvedCount, problem.satisfiedCount], [1, 1, 1]);
});

test("who can be asked is judged when they are asked: a number erased before is gone, one left since is there", async (context) => {
  const t = await aTown(context);
  const erased = await aLetter(t, { phone: "13800001234" });
  const left = await aLetter(t, { name: "某某" });
  await eraseIdentity(t.town, RESIDENT, on("2026-08-03"), { report: erased.report, because: "asked" });
  await correctIdentity(t.town, on("2026-08-03"), { ...NOBODY, report: left.report, name: "某某", address: "东塘村三组" });
  for (const { number } of [erased, left]) await actOn(t, number, "check", t.cast.fengZheng, TUESDAY);
  const asked = async ({ number }: typeof left) => (await deskOf(t, number)).round.questions.map(({ report }) => report);
  assert.deepEqual([await asked(erased), await asked(left)], [[], [left.report]]);
});

test("whoever leaves a contact after the check is asked before anything closes", async (context) => {
  const t = await aTown(context);
  const { number, report } = await aLetter(t, { name: "某某" });
  await actOn(t, number, "check", t.cast.fengZheng, TUESDAY);
  await actOn(t, number, "post-notice", t.cast.qianWen, TUESDAY);
  assert.equal(await whyNotClosed(t, number, AFTER_ALL), null);
  await correctIdentity(t.town, WEDNESDAY, { ...NOBODY, report, wechat: "li-he-1" });
  assert.equal(await whyNotClosed(t, number, AFTER_ALL), "question/unasked");
  await actOn(t, number, "ask-reporters", t.cast.qianWen, WEDNESDAY);
  assert.equal(await whyNotClosed(t, number, on("2026-08-11")), "question/window-open");
});

test("whose number is erased after they were asked is not waited for and is not silent", async (context) => {
  const t = await aTown(context);
  const { number, report } = await aLetter(t, { phone: "13800001234" });
  await actOn(t, number, "check", t.cast.fengZheng, TUESDAY);
  await actOn(t, number, "post-notice", t.cast.qianWen, TUESDAY);
  assert.equal(await whyNotClosed(t, number, on("2026-08-10")), "question/window-open");
  await eraseIdentity(t.town, RESIDENT, WEDNESDAY, { report, because: "asked" });
  const desk = await deskOf(t, number);
  assert.deepEqual(
    desk.round.questions.map(({ reachable }) => reachable),
    [false],
  );
  await act(t, desk, "close", t.cast.qianWen, on("2026-08-10"));
  assert.equal((await deskOf(t, number)).events[0]?.facts["silent"], 0);
});
