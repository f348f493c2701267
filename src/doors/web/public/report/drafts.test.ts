import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { openDatabase } from "#platform/database";
import { aDoorstep, answerAll, aPhoto, countReports, seenIn } from "#test/doorstep";
import { aTown } from "#test/town";
import { aProgram, aVisitor, keyOf } from "#test/door";

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
  await town.db.updateTable("limits.category").set({ retired_at: at }).where("id", "=", categories.help).execute();
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
