import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { receiptCode, showReceiptCode } from "#intake/receipt-code";
import { aProblem } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

const KEY = "00000000-0000-4000-8000-000000000001";

async function aDesk(t: TestContext) {
  const its = await aTown(t);
  const door = aDoor(its);
  const call = {
    form_key: KEY,
    channel: "phone",
    title: "桥头护栏松动",
    details: "",
    category: its.categories.hazard,
    village: its.villages.xiling,
    place: "桥头",
    name: "某来电人",
    phone: "0755 1234567",
  };
  return { ...its, door, cookie: await door.cookieOf(its.cast.qianWen), call };
}

test("a call is registered and its code can be read out sign by sign", async (t) => {
  const { door, cookie, call, town } = await aDesk(t);
  const form = await (await door.get("/office/calls/new", cookie)).text();
  await assertValid(form, "call form");
  assert.match(form, /id="f-title"[^>]*autofocus/);
  const sent = await door.post("/office/calls/new", call, cookie);
  assert.equal(sent.status, 303);
  const report = await town.db.selectFrom("intake.report").select(["id", "channel", "registered_by"]).executeTakeFirstOrThrow();
  assert.equal(report.channel, "phone");
  const page = await (await door.get(sent.headers.get("location") ?? "", cookie)).text();
  await assertValid(page, "receipt");
  const code = receiptCode(town.keys, report.id);
  assert.ok(page.includes(showReceiptCode(code)));
  assert.equal(page.match(/<ol class="office-spelt">(.*?)<\/ol>/s)?.[1]?.match(/<li>/g)?.length, 10);
  assert.match(page, /href="\/office\/calls\/new" accesskey="n" autofocus/);
  const english = await (await door.get(sent.headers.get("location") ?? "", `${cookie}; lang=en`)).text();
  await assertValid(english, "receipt in English");
});

test("looking for similar ones keeps everything typed, registers nothing and needs no script", async (t) => {
  const its = await aDesk(t);
  const number = await aProblem(its, 0);
  await its.town.db.updateTable("ledger.problem").set({ title: "桥头的护栏断了", village: its.villages.xiling }).execute();
  const looked = await its.door.post("/office/calls/new", { ...its.call, look: "1" }, its.cookie);
  assert.equal(looked.status, 200);
  const page = await looked.text();
  await assertValid(page, "similar");
  assert.match(textOf(page), new RegExp(`${number} 桥头的护栏断了`));
  assert.match(page, /value="桥头护栏松动"/);
  assert.match(page, new RegExp(`value="${KEY}"`));
  const { count } = await its.town.db
    .selectFrom("intake.report")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  assert.equal(count, 0);
});

test("while a call is written down what may be the same comes as a part of the page, with why, for those who triage alone", async (t) => {
  const its = await aDesk(t);
  const number = await aProblem(its, 0);
  await its.town.db.updateTable("ledger.problem").set({ title: "桥头的护栏断了", village: its.villages.xiling }).execute();
  const ask = async (fields: Readonly<Record<string, string>>, cookie = its.cookie) =>
    its.door.post("/office/calls/similar", fields, cookie);
  const part = await ask({ title: "西岭桥头护栏松动", details: "", village: "", place: "" });
  assert.equal(part.headers.get("x-part"), "similar");
  const text = await part.text();
  assert.match(textOf(text), new RegExp(`${number} 桥头的护栏断了.*在同一个村（社区），都说到“桥头”`));
  assert.doesNotMatch(text, /autofocus|<html/);
  assert.equal((await (await ask({ title: " ", details: "", village: "", place: "" })).text()).trim(), "");
  const handler = await ask({ title: "护栏" }, await its.door.cookieOf(its.cast.wuJie));
  assert.equal(handler.headers.get("x-part"), null);
});

test("where nothing alike is found, the button that registers has the focus", async (t) => {
  const { door, cookie, call } = await aDesk(t);
  const page = await (await door.post("/office/calls/new", { ...call, look: "1" }, cookie)).text();
  await assertValid(page, "nothing alike");
  assert.deepEqual(page.match(/<[a-z]+ [^>]*autofocus/g), [
    page.match(/<button class="btn btn-primary" type="submit" accesskey="s" autofocus/)?.[0],
  ]);
});

test("a call about a problem already on the ledger joins it at once", async (t) => {
  const its = await aDesk(t);
  const number = await aProblem(its, 0);
  const { id } = await its.town.db.selectFrom("ledger.problem").select("id").executeTakeFirstOrThrow();
  const sent = await its.door.post("/office/calls/new", { ...its.call, problem: id }, its.cookie);
  assert.match(textOf(await (await its.door.get(sent.headers.get("location") ?? "", its.cookie)).text()), new RegExp(`已并入 ${number}`));
});

test("what is missing is said beside its field, with status 422 and everything kept", async (t) => {
  const { door, cookie, call } = await aDesk(t);
  const sent = await door.post("/office/calls/new", { ...call, title: " ", phone: "abc" }, cookie);
  assert.equal(sent.status, 422);
  const page = await sent.text();
  await assertValid(page, "faulty call");
  assert.match(page, /id="e-title"/);
  assert.match(page, /id="e-phone"/);
  assert.match(page, /value="某来电人"/);
  assert.match(page, /<title>错误：/);
});

test("a call sent twice is one report with one code", async (t) => {
  const { door, cookie, call, town } = await aDesk(t);
  const [first, second] = [await door.post("/office/calls/new", call, cookie), await door.post("/office/calls/new", call, cookie)];
  assert.equal(first.headers.get("location"), second.headers.get("location"));
  const { count } = await town.db
    .selectFrom("intake.report")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  assert.equal(count, 1);
});

test("the code is shown to nobody but the officer who registered it, and only for a day", async (t) => {
  const { door, cookie, call, cast, at } = await aDesk(t);
  const address = (await door.post("/office/calls/new", call, cookie)).headers.get("location") ?? "";
  assert.equal((await door.get(address, await door.cookieOf(cast.zhengShang))).status, 404);
  assert.equal((await door.get(address, await door.cookieOf(cast.wangLu))).status, 403);
  assert.equal((await door.get("/office/calls/nonsense", cookie)).status, 404);
  door.clock.at = new Date(at.getTime() + 25 * 3_600_000);
  assert.equal((await door.get(address, await door.cookieOf(cast.qianWen))).status, 404);
});

test("a category or village retired while the caller talks is named beside its list; nothing is registered under another", async (t) => {
  const { door, cookie, call, town, at, categories, villages } = await aDesk(t);
  await town.db.updateTable("limits.category").set({ retired_at: at }).where("id", "=", categories.hazard).execute();
  await town.db.updateTable("people.village").set({ retired_at: at }).where("id", "=", villages.xiling).execute();
  const refused = await door.post("/office/calls/new", call, cookie);
  assert.equal(refused.status, 422);
  const page = await refused.text();
  await assertValid(page, "retired meanwhile");
  assert.match(page, /selected>隐患（已停用，请另选）/);
  assert.match(page, /selected>西岭村（已停用，请另选）/);
  assert.match(page, /id="e-category"[\s\S]*id="e-village"/);
  assert.match(page, /value="桥头护栏松动"/);
  assert.deepEqual(await town.db.selectFrom("intake.report").select("id").execute(), []);
});

test("two calls of one number in the same words are two reports, each with its own receipt", async (t) => {
  const { door, cookie, call, town } = await aDesk(t);
  const places = new Set<string | null>();
  for (const form_key of [KEY, KEY.replace(/1$/, "2")])
    places.add((await door.post("/office/calls/new", { ...call, form_key }, cookie)).headers.get("location"));
  assert.equal(places.size, 2);
  assert.equal((await town.db.selectFrom("intake.report").select("id").execute()).length, 2);
});
