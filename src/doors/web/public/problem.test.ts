import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import sharp from "sharp";
import { RESIDENT } from "#audit/append-event";
import { changeOfficer } from "#people/change-officer";
import { changeUnit } from "#people/change-unit";
import { newId } from "#platform/ids";
import { MOST_OBJECTIONS_FROM_HERE, raiseObjection } from "#verification/raise-objection";
import { addPhoto } from "#evidence/add-photo";
import { livingLedger } from "#test/living-ledger";
import { aTown, AT } from "#test/town";
import { assertValid } from "#test/valid-page";
import { aProgram, aVisitor, keyOf, textOf } from "#test/door";

test("an entry tells everything that happened in words: leaders and verifiers by name, handlers never", async (t) => {
  const house = await aTown(t);
  await livingLedger(house);
  const visitor = aVisitor(aProgram(house.town).app);
  const page = await visitor.get("/ledger/SL-2026-0001");
  const text = textOf(page.text);
  for (const words of [
    "提前 8 天办结",
    "由 6 件来件合并：热线 3、入户 2、网上 1",
    "责任领导 李河（生态办）；时限 6月26日",
    "从 李河（生态办） 移交给 李河（环卫所）",
    "镇纪委 冯正 现场复核",
    "反映人回访（4 人）",
    "解决了；满意",
    "到 6月25日为止",
    "问了 6 人，4 人回答，4 人说解决了",
    "2 人没有回答（不算满意）",
    "已销号",
  ])
    assert.ok(text.includes(words), words);
  assert.doesNotMatch(text, /吴洁|钱文/);
  const river = textOf((await visitor.get("/ledger/SL-2026-0004")).text);
  assert.match(river, /时限从 7月21日 延到 7月28日/);
  assert.match(river, /今天到期/);
});

test("history keeps what people and units were called then", async (t) => {
  const house = await aTown(t);
  const { town, cast, units } = house;
  await livingLedger(house);
  const verifier = { officer: cast.fengZheng.id, version: null, name: "冯新", titleZh: "", titleEn: "", unit: units.rural };
  await changeOfficer(town, cast.zhouXi, AT, verifier);
  await changeOfficer(town, cast.zhouXi, AT, { ...verifier, officer: cast.liHe.id, name: "李新", unit: units.service });
  const renamed = {
    unit: units.ecology,
    version: null,
    nameZh: "绿色发展办",
    nameEn: "Green Office",
    kind: "department",
    parent: null,
  } as const;
  await changeUnit(town, cast.qianWen, AT, renamed);
  const visitor = aVisitor(aProgram(town).app);
  const story = textOf((await visitor.get("/ledger/SL-2026-0001")).text);
  for (const words of ["责任领导 李河（生态办）；时限 6月26日", "从 李河（生态办） 移交给 李河（环卫所）", "镇纪委 冯正 现场复核"])
    assert.ok(story.includes(words), words);
  assert.doesNotMatch(story, /冯新/);
});

test("days are worded for people and exact inside the time element", async (t) => {
  const house = await aTown(t);
  await livingLedger(house);
  const { app } = aProgram(house.town);
  assert.match((await aVisitor(app).get("/ledger/SL-2026-0002")).text, /<time datetime="2026-07-24">7月24日 周五<\/time>/);
  assert.match((await aVisitor(app, { lang: "en" }).get("/ledger/SL-2026-0002")).text, /<time datetime="2026-07-24">Fri 24 Jul<\/time>/);
});

test("anyone may object while the notice is open; sent twice it is one objection", async (t) => {
  const house = await aTown(t);
  const { lamps } = await livingLedger(house);
  const visitor = aVisitor(aProgram(house.town).app);
  const path = `/ledger/${lamps.number}`;
  const form_key = keyOf(await visitor.get(path), `${path}/objections`);
  const reason = "村口第三盏还是不亮";
  const sent = await visitor.post(`${path}/objections`, { form_key, reason });
  assert.equal(sent.status, 303);
  assert.match(sent.location, /^\/receipt\//);
  assert.equal((await visitor.post(`${path}/objections`, { form_key, reason })).location, sent.location);
  const page = await visitor.get(path);
  assert.match(page.text, /收到异议 1 件，1 件等待答复/);
  assert.match(page.text, /镇上最晚 7月31日 公开答复，答复写在全部经过里/);
  assert.ok(!page.text.includes(reason), "the objector's words are for the town");
  await assertValid(page.text, path);
});

test("an objection without a reason comes back with what is wrong, and nothing is written", async (t) => {
  const house = await aTown(t);
  const { lamps } = await livingLedger(house);
  const visitor = aVisitor(aProgram(house.town).app);
  const before = await events(house.town);
  const page = await visitor.post(`/ledger/${lamps.number}/objections`, { reason: "   " });
  assert.equal(page.status, 422);
  assert.match(page.text, /fault-summary/);
  assert.match(page.text, /aria-invalid="true"/);
  await assertValid(page.text, "objection without a reason");
  assert.equal(await events(house.town), before);
});

test("an objection after the notice, or where there is none, is refused with its words and what was typed", async (t) => {
  const house = await aTown(t);
  const { lamps, window, rubbish } = await livingLedger(house);
  const { app, clock } = aProgram(house.town);
  const visitor = aVisitor(app);
  clock.at = new Date("2026-08-20T09:00:00+08:00");
  for (const { number } of [lamps, window, rubbish]) {
    const page = await visitor.post(`/ledger/${number}/objections`, { reason: "还没有好" });
    assert.equal(page.status, 409, number);
    assert.match(page.text, /fault-summary/);
    await assertValid(page.text, number);
  }
  assert.equal((await visitor.post("/ledger/SL-2026-0099/objections", { reason: "x" })).status, 404);
});

test("who objects from a network that objected too often today is told so, and keeps what was written", async (t) => {
  const house = await aTown(t);
  const { lamps } = await livingLedger(house);
  const { app } = aProgram(house.town);
  const { problem } = lamps;
  for (let n = 0; n < MOST_OBJECTIONS_FROM_HERE; n += 1)
    await raiseObjection(house.town, RESIDENT, house.at, { problem, reason: "还没有好", address: "192.0.2.200" });
  const page = await aVisitor(app).post(`/ledger/${lamps.number}/objections`, { reason: "两盏灯还是不亮" });
  assert.equal(page.status, 409);
  assert.match(page.text, /今天从你这个网络提出的异议/);
  assert.match(page.text, /两盏灯还是不亮/);
});

test('one device says "I have this too" once, and is thanked as often as it says so', async (t) => {
  const house = await aTown(t);
  const { window, rubbish } = await livingLedger(house);
  const { app } = aProgram(house.town);
  const visitor = aVisitor(app);
  const first = await visitor.post(`/ledger/${window.number}/me-too`);
  assert.equal(first.location, `/ledger/${window.number}?said=me-too`);
  assert.doesNotMatch((await visitor.get(`/ledger/${window.number}`)).text, /aria-pressed="true"/);
  assert.equal((await visitor.post(`/ledger/${window.number}/me-too`)).location, first.location);
  const thanks = await visitor.get(first.location);
  assert.match(textOf(thanks.text), /已记上，谢谢。[\s\S]*1 人也遇到了[\s\S]*你也遇到了，已经记上。/);
  assert.match(thanks.text, /<button class="btn active" type="submit" aria-pressed="true">我也遇到了/);
  await assertValid(thanks.text, first.location);
  await aVisitor(app).post(`/ledger/${window.number}/me-too`);
  assert.match((await visitor.get(`/ledger/${window.number}`)).text, /2 人也遇到了/);
  assert.equal((await visitor.post(`/ledger/${rubbish.number}/me-too`)).status, 409, "struck off");
});

test("only what the ledger shows can be fetched as a file", async (t) => {
  const house = await aTown(t);
  const { rubbish } = await livingLedger(house);
  const { town, cast } = house;
  const visitor = aVisitor(aProgram(town).app);
  const page = await visitor.get(`/ledger/${rubbish.number}`);
  const shown = [...new Set([...page.text.matchAll(/\/files\/([0-9a-f]{64})/g)].map(([, sha256]) => sha256 ?? ""))];
  assert.equal(shown.length, 4, "two photos and their thumbnails");
  for (const sha256 of shown) {
    const file = await visitor.get(`/files/${sha256}`);
    assert.equal(file.status, 200);
    assert.match(file.headers.get("content-type") ?? "", /^image\//);
    assert.equal(file.headers.get("x-content-type-options"), "nosniff");
    assert.match(file.headers.get("cache-control") ?? "", /immutable/);
  }
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: "#123456" } })
    .png()
    .toBuffer();
  const unseen = await addPhoto(town, { address: "192.0.2.1" }, AT, { bytes, sentFor: { kind: "draft", id: newId(AT) } });
  for (const sha256 of [
    unseen.sha256,
    unseen.thumbnailSha256,
    createHash("sha256").update("nothing").digest("hex"),
    "..%2f..%2fetc%2fpasswd",
    "x",
  ])
    assert.equal((await visitor.get(`/files/${sha256}`)).status, 404, sha256);
  await town.db
    .insertInto("evidence.redaction")
    .values({ town: town.id, sha256: shown[0] ?? "", redacted_at: AT, redacted_by: cast.qianWen.id, reason: "人脸" })
    .execute();
  assert.equal((await visitor.get(`/files/${shown[0]}`)).status, 404);
});

test("how one wants to read is kept, and the way back never leads to another site", async (t) => {
  const { town } = await aTown(t);
  const { app } = aProgram(town);
  const from = async (path: string, referer: string) => {
    const response = await app.request(`https://ledger.example${path}`, { headers: { host: "ledger.example", referer } });
    return { status: response.status, location: response.headers.get("location"), cookies: response.headers.getSetCookie() };
  };
  const english = await from("/language?to=en", "https://ledger.example/ledger?status=assigned");
  assert.equal(english.location, "/ledger?status=assigned");
  assert.match(english.cookies.join(), /lang=en;.*HttpOnly.*Secure.*SameSite=Lax/);
  for (const referer of [
    "https://evil.example/ledger",
    "javascript:alert(1)",
    "",
    "not an address",
    "https://ledger.example.evil.example/",
  ])
    assert.equal((await from("/view?elder=1", referer)).location, "/", referer);
  assert.equal((await from("/view?elder=1", "https://ledger.example//evil.example/x")).location, "/evil.example/x");
  assert.deepEqual((await from("/view?elder=2&contrast=%22", "")).cookies, []);
  const visitor = aVisitor(app);
  await visitor.get("/view?elder=1");
  await visitor.get("/view?contrast=1");
  const page = await visitor.get("/");
  assert.match(page.text, /<html lang="zh-CN" class="elder contrast">/);
  await assertValid(page.text, "elder");
});

async function events(town: Awaited<ReturnType<typeof aTown>>["town"]): Promise<number> {
  const { count } = await town.db
    .selectFrom("audit.event")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}
