import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { receiptCode, showReceiptCode } from "#intake/receipt-code";
import { receiptPath } from "#doors/web/public/receipt-token";
import { aProgram, aVisitor, textOf } from "#test/door";
import { anOffice, aReport, key } from "#test/inbox";
import { assertValid } from "#test/valid-page";

const WHO = { name: "某反映人", phone: "13800000000" };
const LOOK = { reasonClass: "receipt", reason: "来电说回执号丢了" };

/** A clerk with somebody on the line who lost the receipt, and that somebody's browser. */
async function aCaller(t: TestContext, who: object = WHO) {
  const its = await anOffice(t, who);
  const { door, cookie, address, town, report } = its;
  const form = `${address}?act=reissue`;
  return {
    ...its,
    visitor: aVisitor(aProgram(town).app),
    fresh: receiptCode(town.keys, report, 1),
    page: async (path: string, of = cookie) => (await door.get(path, of)).text(),
    look: (of = cookie) => door.post(`${address}/identity`, LOOK, of),
    form,
    reissue: (fields: Record<string, string> = { manner: "phone" }, of = cookie) =>
      door.post(`${address}/reissue`, { form_key: key(1), ...fields }, of),
  };
}

test("a clerk looks, calls, presses once and reads the new code out; the reporter's old code says kindly what happened", async (t) => {
  const { page, look, form, reissue, visitor, code, fresh, address } = await aCaller(t);
  const asked = await page(form);
  assert.match(textOf(asked), /补发回执号 请先看反映人身份/);
  assert.match(asked, /<option value="receipt" selected>/, "the look stands ready, with its reason chosen");
  const open = await page((await look()).headers.get("location") ?? "");
  await assertValid(open, "reissue form");
  assert.match(open, new RegExp(`action="${address}/reissue"`));
  assert.doesNotMatch(open, /name="manner"[^>]*checked/, "nothing is chosen for the clerk");
  const sent = await reissue();
  assert.equal(sent.status, 303);
  const told = await page(sent.headers.get("location") ?? "");
  await assertValid(told, "reissued");
  assert.match(textOf(told), new RegExp(`已补发.*${showReceiptCode(fresh)}`));
  const dead = await visitor.post("/track", { code });
  assert.equal(dead.status, 410);
  assert.match(textOf(dead.text), /这个回执号已经作废 7月28日，.*补发了新的回执号/);
  assert.equal((await visitor.post("/track", { code: fresh })).location, "/track/story");
  assert.match(textOf((await visitor.get("/track/story")).text), /现在的回执号是镇上 7月28日 补发的/);
  assert.match(textOf(await page(address)), /补发回执号 7月28日 09:00 · 钱文/);
});

test("in English the form, the new code, the dead one and the story say the same", async (t) => {
  const { page, look, form, reissue, code, fresh, town, cookie } = await aCaller(t);
  await look();
  const english = `${cookie}; lang=en`;
  await assertValid(await page(form, english), "reissue form in English");
  const sent = await reissue();
  const told = await page(sent.headers.get("location") ?? "", english);
  await assertValid(told, "reissued in English");
  assert.match(textOf(told), /Reissued.*the old one is dead/);
  const visitor = aVisitor(aProgram(town).app, { lang: "en" });
  assert.match(textOf((await visitor.post("/track", { code })).text), /This receipt code is dead/);
  await visitor.post("/track", { code: fresh });
  assert.match(textOf((await visitor.get("/track/story")).text), /reissued your receipt code on/);
});

test("a story that was opened by the old code closes, and so does the old receipt's page with its picture and file", async (t) => {
  const { look, reissue, visitor, code, fresh, at, town, report } = await aCaller(t);
  const old = receiptPath(town, at, { report, folded: false });
  await visitor.post("/track", { code });
  assert.equal((await visitor.get("/track/story")).status, 200);
  assert.equal((await visitor.get(old)).status, 200);
  await look();
  await reissue();
  for (const path of ["", "/receipt.txt", "/receipt.png"]) assert.equal((await visitor.get(`${old}${path}`)).status, 410, path);
  for (const path of ["", "/receipt.png", "/about-me", "/withdraw"])
    assert.equal((await visitor.get(`/track/story${path}`)).location, "/track?expired=1", path);
  assert.equal((await visitor.post("/track/story/withdraw", { reason: "" })).status, 401);
  assert.equal((await visitor.post("/track/story/words", { text: "不是我写的" })).status, 401);
  await visitor.post("/track", { code: fresh });
  assert.equal((await visitor.get("/track/story")).status, 200);
});

test("paper, picture and file of the receipt are of the new code, for an hour and for whoever pressed", async (t) => {
  const { look, reissue, page, visitor, fresh, door, cast, at } = await aCaller(t);
  await look();
  const address = (await reissue()).headers.get("location") ?? "";
  const [, paper = ""] = /href="(\/receipt\/[^"]+)"/.exec(await page(address)) ?? [];
  const receipt = await visitor.get(paper);
  assert.ok(receipt.text.includes(showReceiptCode(fresh)));
  assert.match(receipt.text, new RegExp(`<img class="keep"[^>]*${showReceiptCode(fresh)}`));
  assert.ok((await visitor.get(`${paper}/receipt.txt`)).text.includes(showReceiptCode(fresh)));
  assert.equal((await visitor.get(`${paper}/receipt.png`)).headers.get("content-type"), "image/png");
  assert.equal((await door.get(address, await door.cookieOf(cast.zhengShang))).status, 404);
  door.clock.at = new Date(at.getTime() + 3_600_000);
  assert.equal((await door.get(address, await door.cookieOf(cast.qianWen))).status, 404);
});

test("pressed without saying how the reporter was known, nothing dies and the fault stands beside", async (t) => {
  const { look, reissue, code, visitor } = await aCaller(t);
  await look();
  for (const fields of [{}, { manner: "" }, { manner: "letter" }, { manner: "phone'--" }]) {
    const sent = await reissue(fields);
    assert.equal(sent.status, 422);
    const text = await sent.text();
    await assertValid(text, "reissue with faults");
    assert.match(text, /id="e-manner"/);
  }
  assert.equal((await visitor.post("/track", { code })).location, "/track/story");
});

test("the same press twice is one reissue; another on the same day is refused beside its button", async (t) => {
  const { look, reissue, town, page, form } = await aCaller(t);
  await look();
  const [first, second] = [await reissue(), await reissue()];
  assert.equal(first.headers.get("location"), second.headers.get("location"));
  const third = await reissue({ form_key: key(2), manner: "desk" });
  assert.equal(third.status, 409);
  assert.match(textOf(await third.text()), /今天已经补发过/);
  assert.match(textOf(await page(form)), /今天已经补发过/);
  assert.equal((await town.db.selectFrom("intake.reissue").select("issue").execute()).length, 1);
});

test("who may not triage has no such act, nor is there one of nobody; who registered a call no longer sees its first code", async (t) => {
  const { look, reissue, door, cast, town, cookie, page, at, report, categories, villages } = await aCaller(t);
  await look();
  for (const by of [cast.wuJie, cast.wangLu, cast.shenJi])
    assert.equal((await reissue({ manner: "phone" }, await door.cookieOf(by))).status, 403, by.name);
  await town.db.updateTable("intake.report").set({ registered_by: cast.zhengShang.id }).where("id", "=", report).execute();
  const registrar = await door.cookieOf(cast.zhengShang);
  assert.equal((await door.get(`/office/calls/${report}`, registrar)).status, 200);
  await reissue();
  assert.equal((await door.get(`/office/calls/${report}`, registrar)).status, 404);
  const anonymous = await aReport({ town, at, categories, villages }, { title: "另一件" });
  assert.doesNotMatch(textOf(await page(`/office/inbox/${anonymous.report}?act=reissue`, cookie)), /补发回执号/);
  const refused = await door.post(`/office/inbox/${anonymous.report}/reissue`, { form_key: key(3), manner: "phone" }, cookie);
  assert.equal(refused.status, 409);
  assert.match(textOf(await refused.text()), /补发回执号 反映人没有留下身份/);
});
