import assert from "node:assert/strict";
import { test } from "node:test";
import { answerReport } from "#intake/answer-report";
import { findReport } from "#intake/queries";
import { DAY_MS } from "#platform/instant";
import { actOn, aProblem, aVerifiedProblem, deskOf, on } from "#test/desk";
import { aProgram, aVisitor, textOf } from "#test/door";
import { anOffice, fieldsOf, key } from "#test/inbox";
import type { ATown } from "#test/town";
import { assertValid } from "#test/valid-page";

/** Somebody who holds the receipt code, at the public door. */
async function aReporter({ town }: ATown, at: Date, code: string) {
  const { app, clock } = aProgram(town);
  clock.at = at;
  const visitor = aVisitor(app);
  await visitor.post("/track", { code });
  return visitor;
}

test("after every act of triage its note takes it back with one press, and says so to the reporter", async (t) => {
  const its = await anOffice(t);
  const { door, cookie, address, town, report, code } = its;
  const number = await aProblem(its, 0);
  const acts = [
    ["answer", { text: "已经修好" }, "take-back"],
    ["refer", { referredTo: "县供电公司", reason: "归他们管" }, "take-back"],
    ["decline", { reason: "不归本镇" }, "take-back"],
    ["join", { number }, "separate"],
    ["open", { title: "窗口中午没人", category: its.categories.complaint, details: "", place: "" }, "undo-opening"],
  ] as const;
  for (const [i, [act, fields, undo]] of acts.entries()) {
    const sent = await door.post(`${address}/${act}`, { form_key: key(i + 1), ...fields }, cookie);
    const note = await (await door.get(sent.headers.get("location") ?? "", cookie)).text();
    await assertValid(note, `the note after ${act}`);
    assert.match(textOf(note), /撤销/);
    const undone = await door.post(`${address}/${undo}`, fieldsOf(note, `${address}/${undo}`), cookie);
    assert.equal(undone.status, 303, act);
    const after = await (await door.get(undone.headers.get("location") ?? "", cookie)).text();
    await assertValid(after, `after undoing ${act}`);
    assert.match(textOf(after), /时限不变|已撤销立项/);
    assert.equal((await findReport(town, report))?.status, "received", act);
  }
  const visitor = await aReporter(its, its.at, code);
  const story = textOf((await visitor.get("/track/story")).text);
  assert.match(story, /镇上撤回了这次处理，重新办理/);
  assert.match(story, /镇上并错了，已改正，重新办理/);
  assert.match(story, /已收到，等镇上答复/);
});

test("the number of an opening that was undone stays in public, with the reason", async (t) => {
  const its = await anOffice(t);
  const { door, cookie, address } = its;
  const opening = { form_key: key(1), title: "窗口中午没人", category: its.categories.complaint, details: "", place: "" };
  await door.post(`${address}/open`, opening, cookie);
  const page = await (await door.get(`${address}?act=undo-opening`, cookie)).text();
  await assertValid(page, "undo the opening");
  const fields = fieldsOf(page, `${address}/undo-opening`);
  assert.equal((await door.post(`${address}/undo-opening`, { ...fields, reason: "" }, cookie)).status, 422);
  assert.equal((await door.post(`${address}/undo-opening`, { ...fields, reason: "填错了村" }, cookie)).status, 303);
  const story = await (await door.get("/ledger/SL-2026-0001")).text();
  assert.match(textOf(story), /撤销立项[\s\S]*填错了村/);
  assert.match(textOf(story), /移出来件/);
});

test("an opening that something followed shows why it cannot be undone, and what can be done instead", async (t) => {
  const its = await anOffice(t);
  const { door, cookie, address } = its;
  const opening = { form_key: key(1), title: "窗口中午没人", category: its.categories.complaint, details: "", place: "" };
  await door.post(`${address}/open`, opening, cookie);
  await actOn(its, "SL-2026-0001", "assign", its.cast.zhengShang, its.at);
  const page = await (await door.get(address, cookie)).text();
  assert.match(textOf(page), /撤销立项 这个编号下已经有了后续，不能撤销立项；可以把来件移出/);
  assert.match(page, /\?act=separate#acts/);
});

test("what a colleague decided since the page was drawn is not taken back unseen", async (t) => {
  const { door, cookie, address, town, cast, at, report } = await anOffice(t);
  await answerReport(town, cast.zhengShang, at, { report, text: "郑商已经答复" });
  const fields = fieldsOf(await (await door.get(`${address}?act=take-back`, cookie)).text(), `${address}/take-back`);
  const sent = { ...fields, reason: "我写了很久的理由" };
  assert.equal((await door.post(`${address}/take-back`, { ...sent, form_key: key(1) }, await door.cookieOf(cast.zhengShang))).status, 303);
  await answerReport(town, cast.zhengShang, at, { report, text: "重新答复" });
  const refused = await door.post(`${address}/take-back`, sent, cookie);
  assert.equal(refused.status, 409);
  const page = await refused.text();
  assert.match(textOf(page), /重新答复/);
  assert.match(page, />\s*我写了很久的理由<\/textarea>/);
});

test("a wrong join to its end: disputed, seen by the clerk, moved, and the “no” is out of the way of the closing", async (t) => {
  const its = await anOffice(t, { title: "路灯不亮" });
  const { door, address, cast, code, at } = its;
  const river = await aVerifiedProblem(its, 0);
  const lamp = await aProblem(its, 0);
  const TUESDAY = on("2026-08-04");
  door.clock.at = TUESDAY;
  const cookie = await door.cookieOf(cast.qianWen);
  await door.post(`${address}/join`, { form_key: key(1), number: river }, cookie);
  await actOn(its, river, "ask-reporters", cast.qianWen, TUESDAY);
  await actOn(its, river, "post-notice", cast.qianWen, TUESDAY);

  const visitor = await aReporter(its, TUESDAY, code);
  const asked = (await visitor.get("/track/story")).text;
  await visitor.post("/track/story/answer", { ...fieldsOf(asked, "/track/story/answer"), solved: "no", satisfied: "", why: "灯还是不亮" });
  const form = (await visitor.get("/track/story/dispute")).text;
  await assertValid(form, "dispute");
  const told = await visitor.post("/track/story/dispute", { ...fieldsOf(form, "/track/story/dispute"), text: "我说的是路灯" });
  assert.equal(told.location, "/track/story?done=disputed");
  const after = (await visitor.get("/track/story?done=disputed")).text;
  await assertValid(after, "disputed");
  assert.match(textOf(after), /已告诉镇上[\s\S]*镇上正在核对/);

  assert.match(textOf(await (await door.get("/office", cookie)).text()), /路灯不亮 说并错了[\s\S]*待核对/);
  assert.match(textOf(await (await door.get("/office/inbox?status=disputed", cookie)).text()), /路灯不亮 说并错了/);
  const desk = await (await door.get(`/office/ledger/${river}`, cookie)).text();
  await assertValid(desk, "a desk with a dispute");
  assert.match(textOf(desk), /有反映人说“这不是我说的那件事”/);
  assert.ok(desk.includes(`href="${address}"`), "the desk leads to the report that waits");
  const page = await (await door.get(`${address}?act=move`, cookie)).text();
  await assertValid(page, "move");
  assert.match(textOf(page), /反映人说：这不是我说的那件事 我说的是路灯/);
  const moving = { ...fieldsOf(page, `${address}/move`), reason: "并到河段去了" };
  assert.equal((await door.post(`${address}/move`, { ...moving, number: "SL-2026-9999" }, cookie)).status, 422);
  assert.equal((await door.post(`${address}/move`, { ...moving, number: lamp }, cookie)).status, 303);

  const story = textOf((await visitor.get("/track/story")).text);
  assert.match(story, new RegExp(`镇上并错了，已改到另一件事[\\s\\S]*并到河段去了`));
  assert.match(story, new RegExp(lamp));
  await actOn(its, river, "close", cast.qianWen, new Date(TUESDAY.getTime() + 10 * DAY_MS));
  assert.equal((await deskOf(its, river)).standing.problem.status, "closed");
  assert.ok(at < TUESDAY);
});

test("that it is the same after all is told to the reporter with the reason, and waits no more", async (t) => {
  const its = await anOffice(t, { title: "路灯不亮" });
  const { door, cookie, address, code } = its;
  await door.post(`${address}/join`, { form_key: key(1), number: await aProblem(its, 0) }, cookie);
  const visitor = await aReporter(its, its.at, code);
  const form = (await visitor.get("/track/story/dispute")).text;
  await visitor.post("/track/story/dispute", fieldsOf(form, "/track/story/dispute"));
  const page = await (await door.get(`${address}?act=confirm-join`, cookie)).text();
  await assertValid(page, "confirm");
  const reason = "窗口和路灯是同一条线路";
  const fields = { ...fieldsOf(page, `${address}/confirm-join`), reason };
  assert.equal((await door.post(`${address}/confirm-join`, fields, cookie)).status, 303);
  const story = (await visitor.get("/track/story")).text;
  assert.match(textOf(story), /镇上核对过，说是同一件事[\s\S]*窗口和路灯是同一条线路/);
  assert.doesNotMatch(story, /href="\/track\/story\/dispute"/);
  assert.doesNotMatch(textOf(await (await door.get("/office", cookie)).text()), /说并错了/);
});
