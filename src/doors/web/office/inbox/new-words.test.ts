import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { acceptReport, AcceptByOpening } from "#intake/accept-report";
import { addWord } from "#intake/add-word";
import { findReport } from "#intake/queries";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { actOn } from "#test/desk";
import { textOf } from "#test/door";
import { formsOf } from "#test/forms";
import { anOffice, key } from "#test/inbox";
import { assertValid } from "#test/valid-page";

const SAID = { name: "赵小满", phone: "13800001234" };

/** A report on the ledger, to which its reporter added a word that nobody has read. */
async function anOfficeWithWords(t: TestContext) {
  const its = await anOffice(t, SAID);
  const { town, cast, categories, report, at } = its;
  const opening = AcceptByOpening.parse({ report, title: "办证窗口午间无人", category: categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, at, opening);
  const { number } = await town.db.selectFrom("ledger.problem").select("number").where("id", "=", problem).executeTakeFirstOrThrow();
  const word = await addWord(town, at, { report, text: "我是赵小满，打 13800001234，今天窗口又没人", photos: [] });
  const page = async (path: string, cookie = its.cookie) => (await its.door.get(path, cookie)).text();
  return { ...its, number, word, page };
}

test("what was added stands on today's list of those who triage, in the sidebar, the inbox and first on its report's page", async (t) => {
  const { door, cast, address, page, word } = await anOfficeWithWords(t);
  for (const officer of [cast.qianWen, cast.zhengShang]) {
    const today = await page("/office", await door.cookieOf(officer));
    assert.match(textOf(today), /来件 有补充 1/, officer.name);
    assert.match(
      textOf(today),
      /中午没人办证，我姓赵，住二组 有新补充 网上 东塘村 投诉 7月28日 7月28日 09:00 补充 有补充，待看/,
      officer.name,
    );
    assert.ok(today.includes(`href="${address}"`));
    await assertValid(today, "today");
    assert.match(textOf(await page("/office?only=words", await door.cookieOf(officer))), /有补充，待看/);
  }
  for (const officer of [cast.wangLu, cast.wuJie, cast.fengZheng, cast.zhaoShu])
    assert.doesNotMatch(await page("/office", await door.cookieOf(officer)), /有补充/, officer.name);
  const inbox = await page("/office/inbox?status=added");
  assert.match(textOf(inbox), /中午没人办证，我姓赵，住二组 有新补充/);
  await assertValid(inbox, "inbox");
  const report = await page(address);
  assert.match(textOf(report), /有新补充 1 条 7月28日 09:00 我是赵小满，打 13800001234，今天窗口又没人/);
  assert.ok(report.includes(`name="seen" value="${word}"`));
  await assertValid(report, address);
});

test("“看过了” takes it off every list, and is not done twice", async (t) => {
  const { door, cookie, address, page, word } = await anOfficeWithWords(t);
  const sent = await door.post(`${address}/read`, { form_key: key(1), seen: word }, cookie);
  assert.equal(sent.status, 303);
  const after = await page(sent.headers.get("location") ?? "");
  assert.match(textOf(after), /已记下看过，反映人能看到。/);
  assert.match(textOf(after), /看过补充 钱文 7月28日 09:00/);
  assert.doesNotMatch(after, /office-new-words/);
  assert.doesNotMatch(await page("/office"), /有补充 1|待看/);
  assert.match(textOf(await page("/office/inbox?status=added")), /没有符合条件的来件/);
  const again = await door.post(`${address}/read`, { form_key: key(2), seen: word }, cookie);
  assert.equal(again.status, 409);
  assert.match(await again.text(), /可能刚才已有人看过/);
});

test("a clerk replies to a report that was dealt with, and that counts as reading what was added", async (t) => {
  const { door, cookie, address, page, town, report } = await anOfficeWithWords(t);
  const form = await page(address);
  assert.match(form, /\?act=reply#acts" aria-current="true"/, "a reply is what its page offers first");
  const seen = formsOf(form)
    .find(({ action }) => action === `${address}/reply`)
    ?.fields.find(({ name }) => name === "seen");
  const empty = await door.post(`${address}/reply`, { form_key: key(1), seen: seen?.value ?? "", text: " " }, cookie);
  assert.equal(empty.status, 422);
  const sent = await door.post(`${address}/reply`, { form_key: key(1), seen: seen?.value ?? "", text: "已经催了，明天有人" }, cookie);
  assert.equal(sent.status, 303);
  const after = await page(sent.headers.get("location") ?? "");
  assert.match(textOf(after), /已回复。反映人凭回执号能看到。/);
  assert.match(textOf(after), /回复反映人 钱文 7月28日 09:00 已经催了，明天有人/);
  assert.equal((await findReport(town, report))?.unreadSince, null);
  await assertValid(after, "replied");
});

test("who writes to a reporter that still waits for a first answer is told that this is none", async (t) => {
  const { door, cookie, address } = await anOffice(t);
  assert.match(textOf(await (await door.get(`${address}?act=reply`, cookie)).text()), /这不算首次答复，时限照走/);
});

test("what was added is passed on masked; whoever works on the problem reads it at its desk, and not whose it is", async (t) => {
  const its = await anOfficeWithWords(t);
  const { door, cookie, cast, address, page, number, at } = its;
  await actOn(its, number, "assign", cast.zhengShang, at);
  const desk = `/office/ledger/${number}`;
  const [handler, leader] = [await door.cookieOf(cast.wuJie), await door.cookieOf(cast.wangLu)];
  for (const at of [handler, leader]) assert.doesNotMatch(await page(desk, at), /反映人补充|今天窗口又没人/);
  const form = await page(`${address}?act=pass-on`);
  assert.match(form, />\s*我是\*\*\*，打 \*\*\*，今天窗口又没人<\/textarea>/);
  await assertValid(form, "pass on");
  const text = "赵小满说，今天中午窗口又没有人";
  const sent = await door.post(`${address}/pass-on`, { form_key: key(1), text }, cookie);
  assert.equal(sent.status, 303);
  assert.match(textOf(await page(sent.headers.get("location") ?? "")), /已转给承办人，没有写是谁说的。/);
  for (const at of [handler, leader]) {
    const read = await page(desk, at);
    assert.match(textOf(read), /反映人补充 7月28日 09:00 \*\*\*说，今天中午窗口又没有人/);
    assert.doesNotMatch(read, /赵小满|13800001234/);
    await assertValid(read, desk);
  }
  assert.doesNotMatch(await page(`/ledger/${number}`, ""), /又没有人/, "the public reads none of it");
});

test("a report that nobody works on cannot be passed on, and its page says why", async (t) => {
  const { door, cookie, address } = await anOffice(t);
  const page = await (await door.get(`${address}?act=pass-on`, cookie)).text();
  assert.match(textOf(page), /把补充转给承办人 这件来件没有立项，也没有并入问题，没有承办人可转。/);
  assert.equal((await door.post(`${address}/pass-on`, { form_key: key(1), text: "请看" }, cookie)).status, 409);
});

test("a report that waits and was added to is one line of today, and says so", async (t) => {
  const { door, cookie, town, at, categories } = await anOffice(t);
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.help });
  const { report } = await receiveReport(town, null, at, { ...what, channel: "web" });
  await addWord(town, at, { report, text: "又坏一盏", photos: [] });
  const today = textOf(await (await door.get("/office", cookie)).text());
  assert.equal(today.match(/路灯不亮/g)?.length, 1);
  assert.match(today, /路灯不亮 有新补充 网上 — 求助 .* 待分办/);
});
