import assert from "node:assert/strict";
import { test } from "node:test";
import { findReport } from "#intake/queries";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { receiptCode, showReceiptCode } from "#intake/receipt-code";
import { MOST_ME_TOO_FROM_HERE, sayMeToo } from "#intake/say-me-too";
import { aDoorstep, answerAll, aPhoto, countReports, NOBODY } from "#test/doorstep";
import { aTown, aTownBeside } from "#test/town";
import { aProgram, aVisitor, keyOf, textOf } from "#test/door";

test("a resident without JavaScript answers one question a page, checks, sends, and gets a code", async (t) => {
  const { visitor, town, categories, villages } = await aDoorstep(t);
  assert.equal((await visitor.get("/report")).location, "/report/what");
  const what = await visitor.get("/report/what");
  assert.match(what.text, /第 1 步，共 4 步/);
  assert.match(what.text, /<h1>怎么啦？<\/h1>/);
  assert.equal(
    (await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help })).location,
    "/report/where",
  );
  assert.equal(
    (await visitor.post("/report/where", { village: villages.dongtang, place: "桥边", lon: "", lat: "" })).location,
    "/report/photos",
  );
  assert.equal((await visitor.post("/report/photos", { go: "next", photos: await aPhoto() })).location, "/report/contact");
  assert.equal((await visitor.post("/report/contact", { go: "skip", name: "某某", phone: "" })).location, "/report/check");
  const check = await visitor.get("/report/check");
  assert.match(check.text, /路灯不亮/);
  assert.match(textOf(check.text), /东塘村， 桥边/);
  assert.match(check.text, /不留联系方式/);
  assert.match(check.text, /1 张/);
  const sent = await visitor.post("/report/check", { form_key: keyOf(check, "/report/check") });
  assert.equal(sent.status, 303);
  assert.match(sent.location, /^\/receipt\/[\w-]+$/);
  const row = await town.db.selectFrom("intake.report").select("id").executeTakeFirstOrThrow();
  const receipt = await visitor.get(sent.location);
  assert.ok(receipt.text.includes(showReceiptCode(receiptCode(town.keys, row.id))));
  assert.equal((await findReport(town, row.id))?.photos.length, 1);
  assert.equal(visitor.cookies.has("draft"), false);
  assert.match((await visitor.get("/report/what")).text, /value=""/);
});

test("who cannot say which kind it is leaves it to the town, which is what the form begins with", async (t) => {
  const { visitor, town, villages } = await aDoorstep(t);
  assert.match((await visitor.get("/report/what")).text, /value="" id="f-category" checked>\s*<span[^>]*>\s*<span[^>]*>说不清，由镇上定/);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: "" });
  await visitor.post("/report/where", { village: villages.dongtang, place: "桥边", lon: "", lat: "" });
  await visitor.post("/report/contact", { go: "skip" });
  const check = await visitor.get("/report/check");
  assert.match(textOf(check.text), /类别 说不清，由镇上定/);
  const sent = await visitor.post("/report/check", { form_key: keyOf(check, "/report/check") });
  assert.match(sent.location, /^\/receipt\//);
  assert.deepEqual(await town.db.selectFrom("intake.report").select("category").execute(), [{ category: null }]);
});

test("the same words again from the same phone within ten minutes are folded, and the receipt says so", async (t) => {
  const { visitor, town, categories, villages } = await aDoorstep(t);
  const once = await answerAll(visitor, { categories, villages });
  await visitor.post("/report/check", { form_key: keyOf(once, "/report/check") });
  const again = await answerAll(visitor, { categories, villages });
  const sent = await visitor.post("/report/check", { form_key: keyOf(again, "/report/check") });
  assert.match((await visitor.get(sent.location)).text, /没有重复登记/);
  assert.equal(await countReports({ town }), 1);
});

test("what is missing is said at the top and beside the field, with everything typed kept", async (t) => {
  const { visitor, town } = await aDoorstep(t);
  const page = await visitor.post("/report/what", { title: "", details: "这些字要留着 <b>&", category: "" });
  assert.equal(page.status, 422);
  assert.match(page.text, /<title>错误：/);
  assert.match(page.text, /href="#f-title"/);
  assert.match(page.text, /id="f-title"/);
  assert.ok(page.text.includes("这些字要留着 &lt;b&gt;&amp;"));
  for (const nothing of ["\u200b", " \u3164\u202e "])
    assert.match((await visitor.post("/report/what", { title: nothing, details: "", category: "" })).text, /请用一句话写明怎么啦/);
  const where = await visitor.post("/report/where", { village: "", place: "\u2800", lon: "", lat: "" });
  assert.equal(where.status, 422);
  assert.match(where.text, /请选择村（社区），或者写一句在哪里/);
  assert.deepEqual(await town.db.selectFrom("intake.draft").select("id").execute(), []);
});

test("another town's category and village are none of the list", async (t) => {
  const { visitor, town, categories } = await aDoorstep(t);
  const beside = await aTownBeside(town);
  await town.db.updateTable("people.town").set({ host: "ledger.example" }).where("town", "=", town.id).execute();
  assert.equal((await visitor.post("/report/what", { title: "路灯不亮", details: "", category: beside.categories.help })).status, 422);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help });
  const where = await visitor.post("/report/where", { village: beside.villages.dongtang, place: "桥边", lon: "", lat: "" });
  assert.equal(where.status, 422);
  assert.match(where.text, /请选择村（社区）/);
});

for (const [lon, lat] of [
  ["200", "27"],
  ["114", "-91"],
  ["abc", "27"],
  ["1e999", "27"],
  ["NaN", "27"],
  ["114.39", ""],
] as const) {
  test(`the position ${lon}, ${lat} is impossible and says so`, async (t) => {
    const { visitor, villages } = await aDoorstep(t);
    const page = await visitor.post("/report/where", { village: villages.dongtang, place: "", lon, lat });
    assert.equal(page.status, 422);
    assert.match(page.text, /位置不正确/);
  });
}

test("a phone number nobody can call is refused, and the name typed beside it stays", async (t) => {
  const { visitor } = await aDoorstep(t);
  const page = await visitor.post("/report/contact", { name: "某某", phone: "打电话给我", go: "next" });
  assert.equal(page.status, 422);
  assert.match(page.text, /能打通的电话号码/);
  assert.match(page.text, /value="某某"/);
});

test("a phone number and an e-mail address are understood as they are copied, and a name of nothing visible is none", async (t) => {
  const here = await aDoorstep(t);
  const { visitor } = here;
  await answerAll(visitor, here);
  const copied = { name: "\u200b", phone: "\u202d电话：１３８ ００００-0001\u202c", email: "li＠example。com\u200b", go: "next" };
  assert.equal((await visitor.post("/report/contact", copied)).location, "/report/check");
  assert.match((await visitor.get("/report/check")).text, />13800000001 · li@example\.com</);
});

test("a number that is perhaps mistyped is asked about once, and taken by whoever says that it is right", async (t) => {
  const here = await aDoorstep(t);
  const { visitor } = here;
  await answerAll(visitor, here);
  const asked = await visitor.post("/report/contact", { phone: "138 0000 000", go: "next" });
  assert.equal(asked.status, 422);
  assert.match(asked.text, /只有 10 位，对吗？/);
  assert.match(asked.text, /name="sure" value="1380000000">就用这个：1380000000</);
  assert.match(asked.text, /name="phone"[^>]*value="138 0000 000"/);
  const other = await visitor.post("/report/contact", { phone: "12345", sure: "1380000000" });
  assert.match(other.text, /只有 5 位，对吗？/);
  assert.equal((await visitor.post("/report/contact", { phone: "138 0000 000", sure: "1380000000" })).location, "/report/check");
});

test("similar problems are shown before sending: counted without a second report, or put aside", async (t) => {
  const { visitor, town, at, cast, categories, villages } = await aDoorstep(t);
  const problem = {
    title: "东塘村主路路灯不亮",
    details: "",
    place: "主路",
    village: villages.dongtang,
    lon: null,
    lat: null,
    category: categories.help,
    theme: null,
    photos: [],
    reports: [],
  };
  const { id, number } = await openProblem(town, cast.qianWen, at, problem).then((opened) => ({
    id: opened.problem,
    number: opened.number,
  }));
  const check = await answerAll(visitor, { categories, villages });
  assert.ok(check.text.includes(number));
  assert.match(check.text, /我也遇到了/);
  await visitor.post("/report/check/me-too", { problem: id });
  await visitor.post("/report/check/me-too", { problem: id });
  assert.match((await visitor.get("/report/check")).text, /已记上/);
  const row = await town.db.selectFrom("ledger.problem").select("me_too_count").where("id", "=", id).executeTakeFirstOrThrow();
  assert.equal(row.me_too_count, 1);
  await visitor.post("/report/check/not-same", { problem: id });
  assert.ok(!(await visitor.get("/report/check")).text.includes(number));
  const unknown = await visitor.post("/report/check/me-too", { problem: NOBODY });
  assert.ok(unknown.status === 404 || unknown.status === 409);
  assert.match(unknown.text, /href="#f-send"/);
});

test("what may be the same stands on the first page: as a part while typing, on the page without a script, counted there", async (t) => {
  const { visitor, town, at, cast, categories, villages } = await aDoorstep(t);
  const what = OpenProblem.parse({ title: "东塘村主路路灯不亮", village: villages.dongtang, category: categories.help });
  const { problem, number } = await openProblem(town, cast.qianWen, at, what);
  const typed = { title: "东塘村口路灯三天不亮", details: "" };
  const part = await visitor.post("/report/what/similar", typed);
  assert.equal(part.headers.get("x-part"), "similar");
  assert.match(textOf(part.text), new RegExp(`已经有人说过？.*${number} 东塘村主路路灯不亮.*在同一个村（社区），都说到“路灯”`));
  assert.deepEqual(await town.db.selectFrom("intake.draft").select("id").execute(), [], "nothing that is being typed is kept");
  assert.equal((await visitor.post("/report/what/similar", { title: "河里有死鱼", details: "" })).text.includes(number), false);

  const counted = await visitor.post("/report/what/me-too", { problem, ...typed, here: "1" });
  assert.equal(counted.headers.get("x-part"), "similar");
  assert.match(textOf(counted.text), /已记上，你也遇到了。/);
  const looked = await visitor.post("/report/what", { ...typed, category: "", look: "1" });
  assert.equal(looked.location, "/report/what#similar");
  const page = await visitor.get("/report/what");
  assert.match(textOf(page.text), /已经有人说过？/);
  assert.match(page.text, /value="东塘村口路灯三天不亮"/);
  assert.equal((await visitor.post("/report/what/not-same", { problem })).location, "/report/what");
  assert.equal((await visitor.get("/report/what")).text.includes(number), false);
  const row = await town.db.selectFrom("ledger.problem").select("me_too_count").where("id", "=", problem).executeTakeFirstOrThrow();
  assert.equal(row.me_too_count, 1);
});

test("when a network has said 'I have this too' often enough for a day, both pages that ask it say so", async (t) => {
  const { visitor, town, at, cast, categories, villages } = await aDoorstep(t);
  const what = OpenProblem.parse({ title: "东塘村主路路灯不亮", village: villages.dongtang, category: categories.help });
  const { problem, number } = await openProblem(town, cast.qianWen, at, what);
  for (let i = 0; i < MOST_ME_TOO_FROM_HERE; i += 1) await sayMeToo(town, at, { problem, device: `phone ${i}`, address: "192.0.2.200" });
  await answerAll(visitor, { categories, villages });
  for (const [path, fields] of [
    ["/report/check/me-too", { problem }],
    ["/report/what/me-too", { problem }],
    [`/ledger/${number}/me-too`, {}],
  ] as const) {
    const refused = await visitor.post(path, fields);
    assert.equal(refused.status, 409, path);
    assert.match(refused.text, /今天从你这个网络/, path);
  }
  assert.match((await visitor.get("/report/check")).text, /我也遇到了/);
});

test("a disk that is full refuses the photo and the report, says so, and keeps what was typed", async (t) => {
  const here = await aTown(t);
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  const { app } = aProgram(here.town, { blobs: { ...here.town.blobs, put: () => Promise.reject(full) } });
  const visitor = aVisitor(app);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: here.categories.help });
  const page = await visitor.post("/report/photos", { go: "next", photos: await aPhoto() });
  assert.equal(page.status, 507);
  assert.match(page.text, /class="alert alert-danger/);
  assert.match((await visitor.get("/report/what")).text, /路灯不亮/);
});

test("a form in another encoding is not read, and a broken one is a bad request", async (t) => {
  const { visitor } = await aDoorstep(t);
  assert.equal((await visitor.postRaw("/report/what", '{"title":', "application/json")).status, 415);
  assert.equal((await visitor.postRaw("/report/photos", "--x\r\nbroken", "multipart/form-data; boundary=y")).status, 400);
});

test("every page of the way in is written in English too", async (t) => {
  const { app, categories, villages } = await aDoorstep(t);
  const visitor = aVisitor(app, { lang: "en" });
  const check = await answerAll(visitor, { categories, villages }, "The street lamp is out");
  assert.match(check.text, /Check before sending/);
  const sent = await visitor.post("/report/check", { form_key: keyOf(check, "/report/check") });
  const receipt = await visitor.get(sent.location);
  assert.match(receipt.text, /Your receipt code/);
  assert.doesNotMatch(receipt.text.replaceAll(/三问|示例镇|中文|东塘村/g, ""), /[\u4e00-\u9fff]/);
});
