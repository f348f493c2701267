import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test, type TestContext } from "node:test";
import sharp from "sharp";
import { openDatabase } from "#platform/database";
import { findReport } from "#intake/queries";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { receiptCode, showReceiptCode } from "#intake/receipt-code";
import { MOST_ME_TOO_FROM_HERE, sayMeToo } from "#intake/say-me-too";
import { aTown, aTownBeside, type ATown } from "#test/town";
import { aProgram, aVisitor, keyOf, textOf, type Page, type Visitor } from "#test/door";

const NOBODY = "00000000-0000-7000-8000-000000000000";

async function aDoorstep(t: TestContext) {
  const here = await aTown(t);
  const door = aProgram(here.town);
  return { ...here, ...door, visitor: aVisitor(door.app) };
}

async function aPhoto(): Promise<File> {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7a8a6a" } })
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(bytes)], "路灯.jpg", { type: "image/jpeg" });
}

/** Answers every question; the last page is the one to check. */
async function answerAll(
  visitor: Visitor,
  { categories, villages }: Pick<ATown, "categories" | "villages">,
  title = "东塘村口路灯三天不亮",
) {
  await visitor.post("/report/what", { title, details: "晚上看不见路", category: categories.help });
  await visitor.post("/report/where", { village: villages.dongtang, place: "村口小桥边", lon: "", lat: "" });
  await visitor.post("/report/photos", { go: "next" });
  await visitor.post("/report/contact", { name: "某某", phone: "13800000000", go: "next" });
  return visitor.get("/report/check");
}

/** The mark of what the page was drawn from. */
function seenIn(page: Page): string {
  return /name="seen" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
}

async function countReports({ town }: Pick<ATown, "town">): Promise<number> {
  const { count } = await town.db
    .selectFrom("intake.report")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

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

test("browser Back and the Change links find every answer again, and Change leads back to the check page", async (t) => {
  const { visitor, categories, villages } = await aDoorstep(t);
  const check = await answerAll(visitor, { categories, villages });
  for (const step of ["what", "where", "photos", "contact"]) assert.ok(check.text.includes(`href="/report/${step}?to=check"`), step);
  assert.match((await visitor.get("/report/what")).text, /东塘村口路灯三天不亮/);
  assert.match((await visitor.get("/report/contact?to=check")).text, /name="to" value="check"/);
  const changed = await visitor.post("/report/what", { title: "路灯四天不亮", details: "", category: categories.hazard, to: "check" });
  assert.equal(changed.location, "/report/check");
  assert.match((await visitor.get("/report/check")).text, /路灯四天不亮/);
});

test("whoever comes back within a day may go on or clear it; after a day it is gone and the page says so", async (t) => {
  const { visitor, categories, clock } = await aDoorstep(t);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help });
  assert.match((await visitor.get("/report")).text, /没写完的反映/);
  assert.equal((await visitor.post("/report", { go: "on" })).location, "/report/check");
  assert.equal((await visitor.get("/report/check")).location, "/report/where");
  clock.at = new Date(clock.at.getTime() + 25 * 3_600_000);
  const late = await visitor.get("/report/what");
  assert.match(late.text, /已经超过一天/);
  assert.doesNotMatch(late.text, /路灯不亮/);
});

test("clearing the draft leaves nothing of it", async (t) => {
  const { visitor, town, categories } = await aDoorstep(t);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help });
  assert.equal((await visitor.post("/report", { go: "restart" })).location, "/report/what");
  assert.equal(visitor.cookies.has("draft"), false);
  assert.deepEqual(await town.db.selectFrom("intake.draft").select("id").execute(), []);
});

test("a draft is sealed: its words stand neither in the cookie, nor in an address, nor in the database", async (t) => {
  const { visitor, town, categories, villages, logged } = await aDoorstep(t);
  await answerAll(visitor, { categories, villages });
  const rows = await town.db.selectFrom("intake.draft").selectAll().execute();
  assert.doesNotMatch(
    JSON.stringify([rows.map(({ sealed }) => sealed.toString("utf8")), [...visitor.cookies], visitor.visited, logged]),
    /路灯|13800000000|某某/,
  );
});

test("another device sees neither the draft nor its photos", async (t) => {
  const { visitor, app, town, categories } = await aDoorstep(t);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help });
  await visitor.post("/report/photos", { go: "add", photos: await aPhoto() });
  const page = await visitor.get("/report/photos");
  const photo = /src="(\/report\/photos\/[0-9a-f]{64})"/.exec(page.text)?.[1] ?? "";
  assert.equal((await visitor.get(photo)).status, 200);
  assert.equal((await aVisitor(app).get(photo)).status, 404);
  const forger = aVisitor(app);
  const draft = await town.db.selectFrom("intake.draft").select("id").executeTakeFirstOrThrow();
  forger.cookies.set("draft", draft.id);
  assert.doesNotMatch((await forger.get("/report/what")).text, /路灯不亮/);
  forger.cookies.set("draft", Buffer.from(`{"until":9999999999999,"says":"${draft.id}"}`).toString("base64url"));
  assert.doesNotMatch((await forger.get("/report/what")).text, /路灯不亮/);
});

test("a double tap makes one report, and both taps show the same receipt", async (t) => {
  const { visitor, town, categories, villages } = await aDoorstep(t);
  const check = await answerAll(visitor, { categories, villages });
  const fields = { form_key: keyOf(check, "/report/check") };
  const [first, second] = await Promise.all([visitor.post("/report/check", fields), visitor.post("/report/check", fields)]);
  const third = await visitor.post("/report/check", fields);
  assert.match(first.location, /^\/receipt\//);
  assert.equal(second.location, first.location);
  assert.equal(third.location, first.location);
  assert.equal(await countReports({ town }), 1);
});

test("forty keys and one draft are one report and one receipt, and sending asks for no second connection", async (t) => {
  const here = await aTown(t);
  const db = openDatabase({ connectionString: here.database, max: 1 });
  t.after(() => db.destroy());
  const { app } = aProgram({ ...here.town, db });
  const visitor = aVisitor(app);
  await answerAll(visitor, here);
  const [cookie = ""] = [visitor.cookies.get("draft")];
  const taps = Array.from({ length: 40 }, async () => {
    const tap = aVisitor(app);
    tap.cookies.set("draft", cookie);
    return (await tap.post("/report/check", { form_key: randomUUID() })).location;
  });
  const places = new Set(await Promise.all(taps));
  assert.equal(places.size, 1);
  assert.match([...places][0] ?? "", /^\/receipt\//);
  assert.equal(await countReports(here), 1);
});

test("a second tab that sends after the first is led to the same receipt, and loses no draft begun since", async (t) => {
  const { visitor, town, categories, villages } = await aDoorstep(t);
  const check = await answerAll(visitor, { categories, villages });
  const tab = { form_key: keyOf(check, "/report/check"), seen: seenIn(check) };
  const first = await visitor.post("/report/check", tab);
  assert.equal(visitor.cookies.has("draft"), false);
  assert.equal((await visitor.post("/report/check", tab)).location, first.location);
  await visitor.post("/report/what", { title: "另一件事", details: "", category: categories.help });
  assert.equal((await visitor.post("/report/check", tab)).location, first.location);
  assert.match((await visitor.get("/report/what")).text, /另一件事/);
  assert.equal(await countReports({ town }), 1);
});

test("a tab that shows an older draft does not send the newer one unseen: it shows it first", async (t) => {
  const { visitor, town, categories, villages } = await aDoorstep(t);
  const check = await answerAll(visitor, { categories, villages });
  await visitor.post("/report/what", { title: "路灯四天不亮", details: "", category: categories.help });
  const refused = await visitor.post("/report/check", { form_key: keyOf(check, "/report/check"), seen: seenIn(check) });
  assert.equal(refused.status, 409);
  assert.match(refused.text, /刚在另一个页面改过/);
  assert.match(refused.text, /路灯四天不亮/);
  assert.equal(await countReports({ town }), 0);
  const sent = await visitor.post("/report/check", { form_key: keyOf(refused, "/report/check"), seen: seenIn(refused) });
  assert.match(sent.location, /^\/receipt\//);
});

test("two tabs on one step: the second sees what the first wrote, keeps what it typed, and decides", async (t) => {
  const { visitor, categories, villages } = await aDoorstep(t);
  const steps = [
    [
      "what",
      { title: "路灯不亮", details: "", category: categories.help },
      { title: "井盖坏了", details: "很深", category: categories.help },
    ],
    ["where", { village: villages.dongtang, place: "桥边", lon: "", lat: "" }, { village: "", place: "学校门口", lon: "", lat: "" }],
    ["contact", { name: "某某", phone: "13800000000", go: "next" }, { name: "另一人", phone: "", go: "next" }],
  ] as const;
  for (const [step, first, second] of steps) {
    const [one, other] = [await visitor.get(`/report/${step}`), await visitor.get(`/report/${step}`)];
    assert.equal((await visitor.post(`/report/${step}`, { ...first, seen: seenIn(one) })).status, 303);
    const both = await visitor.post(`/report/${step}`, { ...second, seen: seenIn(other) });
    assert.equal(both.status, 409, step);
    assert.match(both.text, /刚在另一个页面改过/);
    for (const typed of [...Object.entries(first), ...Object.entries(second)]) {
      if (typed[0] !== "go" && typed[0] !== "category" && typed[0] !== "village")
        assert.ok(both.text.includes(typed[1]), `${step} ${typed[1]}`);
    }
    assert.equal((await visitor.post(`/report/${step}`, { ...second, seen: seenIn(both) })).status, 303);
  }
  const check = await visitor.get("/report/check");
  assert.match(check.text, /井盖坏了/);
  assert.match(check.text, /学校门口/);
  assert.match(check.text, /另一人/);
});

test("a tab that goes on writing a report another tab has sent is told so before it begins a new one", async (t) => {
  const { visitor, categories, villages } = await aDoorstep(t);
  const check = await answerAll(visitor, { categories, villages });
  const tab = await visitor.get("/report/what");
  await visitor.post("/report/check", { form_key: keyOf(check, "/report/check") });
  const typed = { title: "路灯四天不亮", details: "", category: categories.help };
  const told = await visitor.post("/report/what", { ...typed, seen: seenIn(tab) });
  assert.equal(told.status, 409);
  assert.match(told.text, /已经在另一个页面发送或清除了/);
  assert.match(told.text, /value="路灯四天不亮"/);
  assert.equal((await visitor.post("/report/what", { ...typed, seen: seenIn(told) })).location, "/report/where");
});

test("a draft whose category or village was retired meanwhile names it and asks for another", async (t) => {
  const { visitor, town, at, categories, villages } = await aDoorstep(t);
  await answerAll(visitor, { categories, villages });
  await town.db.updateTable("rules.category").set({ retired_at: at }).where("id", "=", categories.help).execute();
  assert.equal((await visitor.get("/report/check")).location, "/report/what");
  assert.match((await visitor.get("/report/what")).text, /求助（已停用，请另选）/);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.hazard });
  await town.db.updateTable("people.village").set({ retired_at: at }).where("id", "=", villages.dongtang).execute();
  assert.equal((await visitor.get("/report/check")).location, "/report/where");
  const where = await visitor.get("/report/where");
  assert.match(where.text, new RegExp(`<option value="${villages.dongtang}" selected>东塘村（已停用，请另选）`));
  const again = await visitor.post("/report/where", { village: villages.dongtang, place: "桥边", lon: "", lat: "" });
  assert.equal(again.status, 422);
  assert.match(again.text, /原来选的已经停用/);
  assert.match(again.text, /value="桥边"/);
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
  assert.match(page.text, /href="#f-category"/);
  assert.match(page.text, /id="f-category"/);
  assert.ok(page.text.includes("这些字要留着 &lt;b&gt;&amp;"));
  for (const nothing of ["\u200b", " \u3164\u202e "])
    assert.match((await visitor.post("/report/what", { title: nothing, details: "", category: "" })).text, /请用一句话写明怎么啦/);
  const where = await visitor.post("/report/where", { village: "", place: "\u2800", lon: "", lat: "" });
  assert.equal(where.status, 422);
  assert.match(where.text, /请选择村（居），或者写一句在哪里/);
  assert.deepEqual(await town.db.selectFrom("intake.draft").select("id").execute(), []);
});

const BAD_WHAT: readonly (readonly [string, { readonly title?: string; readonly details?: string; readonly category?: string }, RegExp])[] =
  [
    ["a sentence of 20,000 characters", { title: "长".repeat(20_000) }, /写得太长/],
    ["details of 20,000 characters", { details: "长".repeat(20_000) }, /写得太长/],
    ["a NUL byte", { title: "路灯\u0000不亮" }, /无法保存的字符/],
    ["another control character", { details: "路灯\u0007" }, /无法保存的字符/],
    ["a lone surrogate", { title: "路灯\ud800不亮" }, /无法保存的字符/],
    ["a category that does not exist", { category: NOBODY }, /请选最接近的一类/],
    ["a category that is no id", { category: "' or 1=1 --" }, /请选最接近的一类/],
  ];

for (const [what, fields, says] of BAD_WHAT) {
  test(`${what} is refused with a clear sentence and nothing is kept`, async (t) => {
    const { visitor, town, categories } = await aDoorstep(t);
    const page = await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help, ...fields });
    assert.equal(page.status, 422);
    assert.match(page.text, says);
    assert.deepEqual(await town.db.selectFrom("intake.draft").select("id").execute(), []);
  });
}

test("another town's category and village are none of the list", async (t) => {
  const { visitor, town, categories } = await aDoorstep(t);
  const beside = await aTownBeside(town);
  await town.db.updateTable("people.town").set({ host: "ledger.example" }).where("town", "=", town.id).execute();
  assert.equal((await visitor.post("/report/what", { title: "路灯不亮", details: "", category: beside.categories.help })).status, 422);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help });
  const where = await visitor.post("/report/where", { village: beside.villages.dongtang, place: "桥边", lon: "", lat: "" });
  assert.equal(where.status, 422);
  assert.match(where.text, /请从列表中选择/);
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

test("when a network has said 'I have this too' often enough for a day, both pages that ask it say so", async (t) => {
  const { visitor, town, at, cast, categories, villages } = await aDoorstep(t);
  const what = OpenProblem.parse({ title: "东塘村主路路灯不亮", village: villages.dongtang, category: categories.help });
  const { problem, number } = await openProblem(town, cast.qianWen, at, what);
  for (let i = 0; i < MOST_ME_TOO_FROM_HERE; i += 1) await sayMeToo(town, at, { problem, device: `phone ${i}`, address: "192.0.2.200" });
  await answerAll(visitor, { categories, villages });
  for (const [path, fields] of [
    ["/report/check/me-too", { problem }],
    [`/ledger/${number}/me-too`, {}],
  ] as const) {
    const refused = await visitor.post(path, fields);
    assert.equal(refused.status, 409, path);
    assert.match(refused.text, /今天从您这个网络/, path);
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
