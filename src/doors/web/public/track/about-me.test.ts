import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test, type TestContext } from "node:test";
import { lookAtIdentity } from "#intake/look-at-identity";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { hasIdentity } from "#vault/queries";
import { asScribe } from "#test/notary";
import { aProgram, aVisitor, keyOf } from "#test/door";
import { aTown } from "#test/town";

const PAGE = "/track/story/about-me";

async function aReporter(t: TestContext) {
  const its = await aTown(t);
  const what = ReceiveReport.parse({ title: "路灯不亮", category: its.categories.help, name: "某反映人", phone: "13800000000" });
  const { report, code } = await receiveReport(its.town, null, its.at, { ...what, channel: "web" });
  const { app, program } = aProgram(its.town);
  await nameLog(its.town, program.notary, program.origin);
  const visitor = aVisitor(app);
  await visitor.post("/track", { code });
  return { ...its, report, visitor, integrate: () => integrateEvents(its.town, asScribe(program.notary), its.at) };
}

test("by receipt code a reporter sees what is held and who looked, and by nothing else", async (t) => {
  const { town, at, cast, report, visitor } = await aReporter(t);
  assert.match((await visitor.get("/track/story")).text, /href="\/track\/story\/about-me"/);
  await lookAtIdentity(town, cast.qianWen, at, { report, reasonClass: "clarify", reason: "只有我知道的理由" });
  const page = await visitor.get(PAGE);
  assert.match(page.text, /value="某反映人"/);
  assert.match(page.text, /value="13800000000"/);
  assert.match(page.text, /党政办 · 查看了身份/);
  assert.match(page.text, /问清情况/);
  assert.doesNotMatch(page.text, /只有我知道的理由|钱文/);
  assert.equal(page.headers.get("cache-control"), "no-store");
  const stranger = aVisitor(aProgram(town).app);
  assert.equal((await stranger.get(PAGE)).location, "/track?expired=1");
  for (const path of [PAGE, `${PAGE}/erase`]) assert.equal((await stranger.post(path, { name: "冒名" })).status, 401);
  assert.match((await visitor.get(PAGE)).text, /value="某反映人"/);
});

test("what is wrong is corrected, and a number nobody can call comes back with everything typed", async (t) => {
  const { visitor } = await aReporter(t);
  const form_key = keyOf(await visitor.get(PAGE), PAGE);
  const wrong = await visitor.post(PAGE, { form_key, name: "某某某", phone: "打给我", email: "不是邮箱", wechat: "", address: "" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /value="某某某"/);
  assert.match(wrong.text, /id="e-phone"/);
  assert.match(wrong.text, /id="e-email"/);
  const doubted = await visitor.post(PAGE, { form_key, name: "某某某", phone: "12345", email: "", wechat: "", address: "" });
  assert.match(doubted.text, /只有 5 位，对吗？/);
  assert.match(doubted.text, /name="sure" value="12345"/);
  const right = await visitor.post(PAGE, { form_key, name: "某某某", phone: "", email: "a@example.com", wechat: "", address: "" });
  assert.equal(right.location, `${PAGE}?done=corrected`);
  const page = (await visitor.get(right.location)).text;
  assert.match(page, /已更正/);
  assert.match(page, /value="a@example\.com"/);
  assert.doesNotMatch(page, /13800000000/);
});

test("erased at once and for good; the page shows the leaf, its proof and what opens it", async (t) => {
  const { town, report, visitor, integrate } = await aReporter(t);
  const asked = await visitor.get(`${PAGE}/erase`);
  assert.match(asked.text, /不能恢复/);
  assert.equal(await hasIdentity(town, report), true, "asked first");
  const erased = await visitor.post(`${PAGE}/erase`, { form_key: keyOf(asked, `${PAGE}/erase`) });
  assert.equal(erased.location, `${PAGE}?done=erased`);
  assert.equal(await hasIdentity(town, report), false);
  assert.match((await visitor.get(PAGE)).text, /一秒内会写入公开日志/);
  await integrate();
  const { text } = await visitor.get(erased.location);
  const [, leaf = ""] = /href="\/log\/leaf\/(\d+)"/.exec(text) ?? [];
  assert.match(text, new RegExp(`/log/receipt/leaf/${leaf}\\.tlog-proof`));
  assert.ok(text.includes(report));
  const entry = await town.db.selectFrom("log.leaf").select("entry").where("number", "=", Number(leaf)).executeTakeFirstOrThrow();
  assert.match(entry.entry, /"verb":"identity\.erased"/);
  assert.ok(!entry.entry.includes(report), "the leaf does not say whose");
  const [, salt = ""] = /<code class="hash">([0-9a-f]{64})<\/code>/.exec(text) ?? [];
  assert.ok(
    entry.entry.includes(createHmac("sha256", Buffer.from(salt, "hex")).update(report).digest("hex")),
    "but its reporter can show it",
  );
});

test("the log tells who looked, when and why, not at whom", async (t) => {
  const { town, at, cast, report, integrate } = await aReporter(t);
  await lookAtIdentity(town, cast.qianWen, at, { report, reasonClass: "danger", reason: "只有我知道的理由" });
  await integrate();
  const { entry } = await town.db
    .selectFrom("log.leaf")
    .select("entry")
    .where("entry", "like", "%identity.looked-at%")
    .executeTakeFirstOrThrow();
  assert.ok(entry.includes(cast.qianWen.id));
  assert.match(entry, /"reasonClass":"danger"/);
  assert.match(entry, /"subject":\{"kind":"report"\}/);
  assert.ok(!entry.includes(report));
});
