import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { addPhoto } from "#evidence/add-photo";
import { showReceiptCode } from "#intake/receipt-code";
import { aProblem } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { anOffice, aReport, CALLED, DRAFT, key } from "#test/inbox";
import { aTown, aTownBeside } from "#test/town";
import { assertValid } from "#test/valid-page";

test("who reported is shown only after a reason, for ten minutes, to the officer who gave it, and the look is an event", async (t) => {
  const { door, cookie, address, town, cast, at } = await anOffice(t, { name: "某反映人", phone: "13800000000" });
  assert.doesNotMatch(await (await door.get(address, cookie)).text(), /某反映人|13800000000/);
  assert.equal((await door.post(`${address}/identity`, { reasonClass: "clarify", reason: "" }, cookie)).status, 422);
  const looked = await door.post(`${address}/identity`, { reasonClass: "clarify", reason: "回电核实地点" }, cookie);
  assert.equal(looked.status, 303);
  const shown = await door.get(looked.headers.get("location") ?? "", cookie);
  assert.equal(shown.headers.get("cache-control"), "no-store");
  const page = await shown.text();
  assert.match(textOf(page), /怎么称呼 某反映人 电话 13800000000 电子邮箱 未留/);
  assert.match(textOf(page), /09:10 前可看/);
  await assertValid(page, "identity");
  const events = await town.db.selectFrom("audit.event").select("verb").where("verb", "=", "identity.looked-at").execute();
  assert.equal(events.length, 1);
  assert.doesNotMatch(await (await door.get(address, await door.cookieOf(cast.zhengShang))).text(), /某反映人/);
  door.clock.at = new Date(at.getTime() + 10 * 60_000);
  assert.doesNotMatch(await (await door.get(address, cookie)).text(), /某反映人/);
});

test("with a call gateway the desk calls back without seeing the number; without one there is no such act", async (t) => {
  const asked: unknown[] = [];
  const gateway = {
    connect: async (call: { readonly caller: string; readonly callee: string }) => (asked.push([call.caller, call.callee]), true),
  };
  const { door, cookie, address } = await anOffice(t, { name: "某反映人", phone: "13800000000" }, { callGateway: gateway });
  const form = await (await door.get(`${address}?act=call`, cookie)).text();
  await assertValid(form, "call form");
  assert.equal((await door.post(`${address}/call`, { reasonClass: "call-back", reason: "告知结果", line: "" }, cookie)).status, 422);
  const called = await door.post(`${address}/call`, { reasonClass: "call-back", reason: "告知结果", line: "0755 1234567" }, cookie);
  const page = await (await door.get(called.headers.get("location") ?? "", cookie)).text();
  assert.match(textOf(page), /先响您的电话/);
  assert.doesNotMatch(page, /某反映人|13800000000/);
  assert.deepEqual(asked, [["07551234567", "13800000000"]]);
  const without = await anOffice(t, { name: "某反映人", phone: "13800000000" });
  assert.equal((await without.door.post(`${without.address}/call`, { line: "1" }, without.cookie)).status, 404);
});

test("a caller without a receipt is found by number, which stands in no address", async (t) => {
  const { door, cookie, address } = await anOffice(t, { name: "某反映人", phone: "13800000000" });
  assert.equal((await door.post("/office/inbox/by-phone", { ...CALLED, phone: "不知道" }, cookie)).status, 422);
  const found = await (await door.post("/office/inbox/by-phone", { ...CALLED, phone: "138 0000 0000" }, cookie)).text();
  await assertValid(found, "found by phone");
  assert.ok(found.includes(`href="${address}"`));
  assert.doesNotMatch(found, /某反映人/);
  assert.match(
    textOf(await (await door.post("/office/inbox/by-phone", { ...CALLED, phone: "13900000000" }, cookie)).text()),
    /没有留在任何来件里/,
  );
});

test("a clerk who answers for the problem never learns who reported it", async (t) => {
  const its = await anOffice(t, { name: "某反映人" });
  const number = await aProblem(its, 0);
  await its.door.post(`${its.address}/join`, { form_key: key(1), number }, its.cookie);
  await its.town.db
    .updateTable("ledger.problem")
    .set({ leaders: [its.cast.qianWen.id] })
    .execute();
  const refused = await its.door.post(`${its.address}/identity`, { reasonClass: "other", reason: "想知道是谁" }, its.cookie);
  assert.equal(refused.status, 409);
  assert.doesNotMatch(await refused.text(), /某反映人/);
});

test("only clerks and the office enter the inbox, and no other town's report is found", async (t) => {
  const its = await anOffice(t);
  for (const officer of [its.cast.wangLu, its.cast.wuJie, its.cast.fengZheng, its.cast.zhaoShu, its.cast.shenJi]) {
    const cookie = await its.door.cookieOf(officer);
    assert.equal((await its.door.get(its.address, cookie)).status, 403, officer.name);
    assert.equal(
      (await its.door.post(`${its.address}/identity`, { reasonClass: "other", reason: "好奇" }, cookie)).status,
      403,
      officer.name,
    );
  }
  const beside = await aReport({ ...its, ...(await aTownBeside(its.town)) });
  for (const id of [beside.report, "00000000-0000-7000-8000-000000000000", "nonsense"]) {
    assert.equal((await its.door.get(`/office/inbox/${id}`, its.cookie)).status, 404);
    assert.equal((await its.door.post(`/office/inbox/${id}/answer`, { text: "答" }, its.cookie)).status, 404);
    assert.equal((await its.door.post(`/office/inbox/${id}/identity`, { reasonClass: "other", reason: "看" }, its.cookie)).status, 404);
  }
});

test("the inbox turns its pages by the last report shown, and filters by status, channel and words", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.qianWen);
  for (let i = 1; i <= 23; i++) await aReport({ ...its, at: new Date(its.at.getTime() + i * 60_000) }, { title: `第${i}号路灯不亮` });
  const first = await (await door.get("/office/inbox", cookie)).text();
  await assertValid(first, "inbox");
  const titles = (page: string) => [...page.matchAll(/第(\d+)号路灯不亮\s*<\/th>/g)].map(([, i]) => Number(i));
  assert.deepEqual(
    titles(first),
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  const next = (/href="(\/office\/inbox\?[^"]*)" rel="next"/.exec(first)?.[1] ?? "").replaceAll("&amp;", "&");
  assert.deepEqual(titles(await (await door.get(next, cookie)).text()), [21, 22, 23]);
  assert.deepEqual(titles(await (await door.post("/office/inbox/search", { q: "第7号" }, cookie)).text()), [7]);
  assert.deepEqual(titles(await (await door.get("/office/inbox?channel=phone", cookie)).text()), []);
  assert.equal((await door.get("/office/inbox?before=x&status=y&channel=z&q=%00&limit=9999", cookie)).status, 200);
});

test("a report's photo is seen by those who triage it, in its own report, and by nobody else", async (t) => {
  const its = await aTown(t);
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#889988" } })
    .jpeg()
    .toBuffer();
  const { sha256, thumbnailSha256 } = await addPhoto(its.town, { address: "192.0.2.1" }, its.at, { bytes, sentFor: DRAFT });
  const { report } = await aReport(its, { photos: [sha256] });
  const other = await aReport(its, { title: "别的事" });
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.qianWen);
  for (const file of [sha256, thumbnailSha256]) {
    const seen = await door.get(`/office/inbox/${report}/photos/${file}`, cookie);
    assert.equal(seen.status, 200);
    assert.equal(seen.headers.get("cache-control"), "private, no-store");
    assert.equal((await door.get(`/office/inbox/${other.report}/photos/${file}`, cookie)).status, 404);
    assert.equal((await door.get(`/files/${file}`)).status, 404);
    assert.equal((await door.get(`/office/inbox/${report}/photos/${file}`, await door.cookieOf(its.cast.wangLu))).status, 403);
  }
});

test("a receipt code typed into the search leads to its report, and stands in no address", async (t) => {
  const { door, cookie, code, address } = await anOffice(t);
  const shown = showReceiptCode(code);
  const form = await (await door.get("/office/inbox", cookie)).text();
  assert.match(form, /<form class="office-filter" method="post" action="\/office\/inbox\/search"/);
  const found = await door.post("/office/inbox/search", { q: shown.toLowerCase(), status: "received" }, cookie);
  assert.equal(found.headers.get("location"), address);
  // an address somebody made by hand finds nothing and is not repeated in a link
  const byHand = await door.get(`/office/inbox?q=${shown}`, cookie);
  assert.equal(byHand.status, 200);
  assert.ok(!(await byHand.text()).includes(shown));
});

test("a search by words is turned page by page without an address that holds them", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.qianWen);
  for (let i = 1; i <= 23; i++) await aReport({ ...its, at: new Date(its.at.getTime() + i * 60_000) }, { title: `张三家第${i}号路灯不亮` });
  const first = await door.post("/office/inbox/search", { q: "张三家", status: "all", channel: "web" }, cookie);
  assert.equal(first.headers.get("cache-control"), "no-store");
  const page = await first.text();
  await assertValid(page, "found by words");
  assert.doesNotMatch(page, /(?:href|action)="[^"]*(?:张三|%E5%BC%A0)/);
  const hidden = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  const next = await door.post("/office/inbox/search", Object.fromEntries(hidden), cookie);
  assert.equal((await next.text()).match(/路灯不亮\s*<\/th>/g)?.length, 3);
  const cleared = await door.post("/office/inbox/search", { q: " ", status: "all", channel: "web" }, cookie);
  assert.equal(cleared.headers.get("location"), "/office/inbox?status=all&channel=web");
});

test("a head puts the inbox in order, the way on keeps it, and the list says how many it has", async (t) => {
  const { door, cookie } = await anOffice(t, {});
  const usual = await (await door.get("/office/inbox", cookie)).text();
  await assertValid(usual, "inbox");
  assert.match(textOf(usual), /共 1 件/);
  assert.match(textOf(await (await door.get("/office/inbox", `${cookie}; lang=en`)).text()), /1 report /);
  assert.match(usual, /aria-sort="ascending">\s*<a href="\/office\/inbox">首次答复</);
  const newest = await (await door.get("/office/inbox?order=newest", cookie)).text();
  assert.match(newest, /aria-sort="descending">\s*<a href="\/office\/inbox\?order=oldest">收到</);
  assert.match(newest, /href="\/office\/inbox\/[0-9a-f-]{36}\?order=newest"/);
  assert.match(newest, /<input type="hidden" name="order" value="newest">/);
  const oldest = await (await door.get("/office/inbox?status=all&order=oldest", cookie)).text();
  assert.match(oldest, /aria-sort="ascending">\s*<a href="\/office\/inbox\?status=all">收到</);
  assert.match(oldest, /<th scope="col">首次答复<\/th>/);
});

test("the inbox is kept under a name: it opens in its order, a name is asked for, and only its owner removes it", async (t) => {
  const { door, cookie, cast } = await anOffice(t, {});
  const save = (name: string) => door.post("/office/inbox/views", { name, query: "status=all&order=oldest" }, cookie);
  const nameless = await save("");
  assert.equal(nameless.status, 422);
  assert.match(await nameless.text(), /name="query" value="status=all&amp;order=oldest"/);
  const kept = (await save("从最早的看起")).headers.get("location") ?? "";
  const opened = (await door.get(kept, cookie)).headers.get("location") ?? "";
  assert.match(opened, /^\/office\/inbox\?status=all&order=oldest&view=/);
  const page = await (await door.get(opened, cookie)).text();
  await assertValid(page, "a view of the inbox");
  assert.match(page, /<h1>从最早的看起<\/h1>/);
  assert.match(page, /aria-sort="ascending">\s*<a href="\/office\/inbox\?status=all">收到</);
  const ledger = await (await door.get("/office/ledger", cookie)).text();
  assert.doesNotMatch(ledger, /从最早的看起/, "a list has its own views");
  const colleague = await door.cookieOf(cast.zhaoShu);
  await door.post(`${kept}/forget`, {}, colleague);
  assert.equal((await door.get(kept, cookie)).status, 303);
  const forgotten = await door.post(`${kept}/forget`, {}, cookie);
  assert.equal(forgotten.headers.get("location"), "/office/inbox");
  assert.equal((await door.get(kept, cookie)).status, 404);
});
