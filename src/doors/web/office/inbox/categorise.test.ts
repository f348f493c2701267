import assert from "node:assert/strict";
import { test } from "node:test";
import { nameReceivers } from "#limits/name-receivers";
import { showReceiptCode } from "#intake/receipt-code";
import { aProgram, aVisitor, textOf } from "#test/door";
import { anOffice, fieldsOf, key } from "#test/inbox";
import { assertValid } from "#test/valid-page";

test("a clerk sets the category that a reporter left to the town, and the reporter reads which it is", async (t) => {
  const { town, door, cookie, address, categories, code } = await anOffice(t, { category: "" });
  const page = async (path: string) => (await door.get(path, cookie)).text();
  assert.match(textOf(await page("/office/inbox?category=undecided")), /中午没人办证，我姓赵，住二组 未定/);
  const form = await page(`${address}?act=categorise`);
  await assertValid(form, "categorise");
  const fields = fieldsOf(form, `${address}/categorise`);
  const empty = await door.post(`${address}/categorise`, { ...fields, category: "", form_key: key(1) }, cookie);
  assert.equal(empty.status, 422);
  const sent = await door.post(`${address}/categorise`, { ...fields, form_key: key(2), category: categories.hazard }, cookie);
  assert.equal(sent.status, 303);
  const after = textOf(await page(sent.headers.get("location") ?? ""));
  assert.match(after, /已归类。反映人凭回执号能看到归到哪一类。/);
  assert.match(after, /归类 钱文 7月28日 09:00 隐患/);
  assert.match(textOf(await page("/office/inbox?category=undecided")), /没有符合条件的来件/);

  const visitor = aVisitor(aProgram(town).app);
  const opened = await visitor.post("/track", { code: showReceiptCode(code) });
  assert.match(textOf((await visitor.get(opened.location)).text), /党政办 · 镇上归到 ：隐患/);
});

test("a clerk passes what is about an officer to the receivers: the next report is open, and the old address leads nowhere", async (t) => {
  const its = await anOffice(t, { title: "王路收礼才办事" });
  const { town, door, cookie, address, categories, report, cast, at } = its;
  const seal = { category: categories.wrongdoing, version: null, sealed: true, receivers: [cast.fengZheng.id] };
  await nameReceivers(town, cast.zhouXi, at, seal);
  const page = async (path: string) => (await door.get(path, cookie)).text();
  const form = await page(`${address}?act=categorise`);
  await assertValid(form, "categorise");
  assert.match(textOf(form), /举报（密件，转给接收人）/);
  const fields = { ...fieldsOf(form, `${address}/categorise`), form_key: key(1), category: categories.wrongdoing };
  const sent = await door.post(`${address}/categorise`, fields, cookie);
  assert.equal(sent.headers.get("location"), "/office/inbox?done=receivers");
  const after = await page("/office/inbox?done=receivers");
  assert.match(textOf(after), /已转给接收人，只有他们打得开/);
  for (const path of ["/office/inbox?done=receivers", "/office/inbox?status=all", "/office"])
    assert.doesNotMatch(await page(path), /王路收礼/);
  assert.equal((await door.get(address, cookie)).status, 404);
  assert.equal((await door.post(`${address}/answer`, { text: "再看看", form_key: key(2) }, cookie)).status, 404);
  const receiver = await door.cookieOf(cast.fengZheng);
  assert.match(textOf(await (await door.get(`/office/sealed/${report}`, receiver)).text()), /王路收礼才办事/);
});

test("where the category was left to the town the form that opens a problem asks for one", async (t) => {
  const { door, cookie, address, town, report } = await anOffice(t, { category: "" });
  const form = await (await door.get(`${address}?act=open`, cookie)).text();
  const fields = fieldsOf(form, `${address}/open`);
  assert.match(form, /<select[^>]*name="category"[^>]*>\s*<option value="" selected>请选择/);
  const sent = await door.post(`${address}/open`, { ...fields, category: "", form_key: key(1) }, cookie);
  assert.equal(sent.status, 422);
  const row = await town.db.selectFrom("intake.report").select("status").where("id", "=", report).executeTakeFirstOrThrow();
  assert.equal(row.status, "received");
});
