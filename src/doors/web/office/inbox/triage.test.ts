import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import sharp from "sharp";
import { addPhoto } from "#evidence/add-photo";
import { answerReport } from "#intake/answer-report";
import { findReport } from "#intake/queries";
import { receiveReport, ReceiveReport } from "#intake/receive-report";
import { showReceiptCode } from "#intake/receipt-code";
import { declineReport } from "#intake/decline-report";
import { aPhoto, aProblem } from "#test/desk";
import { aDoor, textOf, type DoorOptions } from "#test/door";
import { aTown, aTownBeside, type ATown } from "#test/town";
import { assertValid } from "#test/valid-page";

const DRAFT = { kind: "draft", id: "0198b6a0-0000-7000-8000-000000000001" } as const;

const key = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, "0")}`;
/** Why a caller is looked for. */
const CALLED = { reasonClass: "call-back", reason: "对方丢了回执号" };

async function aReport({ town, categories, villages, at }: Pick<ATown, "town" | "categories" | "villages" | "at">, over: object = {}) {
  const what = ReceiveReport.parse({
    title: "中午没人办证，我姓赵，住二组",
    details: "跑了两趟",
    category: categories.complaint,
    village: villages.dongtang,
    ...over,
  });
  return receiveReport(town, null, at, { ...what, channel: "web", draft: DRAFT.id });
}

async function anOffice(t: TestContext, over: object = {}, options: DoorOptions = {}) {
  const its = await aTown(t);
  const { report, code } = await aReport(its, over);
  const door = aDoor(its, options);
  return { ...its, report, code, door, cookie: await door.cookieOf(its.cast.qianWen), address: `/office/inbox/${report}` };
}

test("a report is answered directly and its reporter's words stay private", async (t) => {
  const { door, cookie, address, town, report } = await anOffice(t);
  await assertValid(await (await door.get(`${address}?act=answer`, cookie)).text(), address);
  const sent = await door.post(`${address}/answer`, { form_key: key(1), text: "窗口已经轮班" }, cookie);
  assert.equal(sent.status, 303);
  assert.equal((await findReport(town, report))?.status, "answered");
  const page = await (await door.get(sent.headers.get("location") ?? "", cookie)).text();
  assert.match(textOf(page), /已答复。反映人凭回执号能看到。/);
  await assertValid(page, "answered");
});

test("a problem opened from a report carries the town's sentence, not the reporter's, and only the photos that were chosen", async (t) => {
  const its = await aTown(t);
  const [shown, kept] = [await aPhoto(its, DRAFT), await aPhoto(its, DRAFT)];
  const { report } = await aReport(its, { photos: [shown, kept] });
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.qianWen);
  const form = await (await door.get(`/office/inbox/${report}?act=open`, cookie)).text();
  assert.match(form, />\s*中午没人办证，我姓赵，住二组<\/textarea>/);
  assert.doesNotMatch(form, /name="photos" value="[0-9a-f]{64}" checked/);
  await assertValid(form, "open");
  const sent = await door.post(
    `/office/inbox/${report}/open`,
    [
      ["form_key", key(1)],
      ["title", "办证窗口午间无人"],
      ["details", ""],
      ["category", its.categories.complaint],
      ["village", ""],
      ["place", "便民服务中心"],
      ["theme", its.themes.business],
      ["lon", ""],
      ["lat", ""],
      ["photos", shown],
    ],
    cookie,
  );
  assert.equal(sent.status, 303);
  const problem = await its.town.db.selectFrom("ledger.problem").select(["id", "title", "theme", "report_count"]).executeTakeFirstOrThrow();
  assert.deepEqual([problem.title, problem.theme, problem.report_count], ["办证窗口午间无人", its.themes.business, 1]);
  const evidence = await its.town.db.selectFrom("ledger.problem_evidence").select(["sha256", "stage"]).execute();
  assert.deepEqual(evidence, [{ sha256: shown, stage: "before" }]);
});

test("a report joins a candidate that is shown with its text, or a problem by its number", async (t) => {
  const its = await anOffice(t);
  const number = await aProblem(its, 0);
  await its.town.db.updateTable("ledger.problem").set({ village: its.villages.dongtang, details: "从十二点到两点半" }).execute();
  const { id } = await its.town.db.selectFrom("ledger.problem").select("id").executeTakeFirstOrThrow();
  const page = await (await its.door.get(its.address, its.cookie)).text();
  assert.match(textOf(page), new RegExp(`${number} 窗口中午没人 从十二点到两点半`));
  assert.match(page, /\?act=join#acts" aria-current="true"/);
  assert.equal((await its.door.post(`${its.address}/join`, { number: "" }, its.cookie)).status, 422);
  const unknown = await its.door.post(`${its.address}/join`, { number: "SL-2026-9999" }, its.cookie);
  assert.equal(unknown.status, 422);
  assert.match(await unknown.text(), /台账上没有这个编号[\s\S]*value="SL-2026-9999"/);
  assert.equal(
    (
      await its.door.post(
        `${its.address}/join`,
        { form_key: key(1), number: `\u202d编号：${number.toLowerCase().replace("20", "２０")}\u202c` },
        its.cookie,
      )
    ).status,
    303,
  );
  const second = await aReport(its, { title: "又没人" });
  assert.equal(
    (await its.door.post(`/office/inbox/${second.report}/join`, { form_key: key(2), problem: id, number: "" }, its.cookie)).status,
    303,
  );
  const problem = await its.town.db.selectFrom("ledger.problem").select("report_count").executeTakeFirstOrThrow();
  assert.equal(problem.report_count, 2);
});

test("referring and declining need a reason, and say so beside the field", async (t) => {
  const { door, cookie, address, town, report } = await anOffice(t);
  const missing = await door.post(`${address}/refer`, { referredTo: "县供电公司", reason: " " }, cookie);
  assert.equal(missing.status, 422);
  const page = await missing.text();
  assert.match(page, /id="e-reason"/);
  assert.match(page, /value="县供电公司"/);
  await assertValid(page, "refer");
  assert.equal((await door.post(`${address}/decline`, { form_key: key(1), reason: "不属本镇" }, cookie)).status, 303);
  assert.equal((await findReport(town, report))?.status, "declined");
});

test("when a colleague was quicker, the page says who did what and keeps what was typed", async (t) => {
  const { door, cookie, address, town, cast, at, report } = await anOffice(t);
  await answerReport(town, cast.zhengShang, at, { report, text: "郑商已经答复" });
  const sent = await door.post(`${address}/decline`, { form_key: key(1), reason: "我写了很久的理由" }, cookie);
  assert.equal(sent.status, 409);
  const page = await sent.text();
  assert.match(textOf(page), /刚才已有人处理 答复 郑商/);
  assert.match(textOf(page), /郑商已经答复/);
  assert.match(page, />\s*我写了很久的理由<\/textarea>/);
  assert.match(page, /aria-disabled="true" aria-describedby="no-answer"/);
  await assertValid(page, "conflict");
});

test("a form sent twice settles once and leads to the same place", async (t) => {
  const { door, cookie, address, town } = await anOffice(t);
  const form = { form_key: key(7), text: "答复一次" };
  const first = await door.post(`${address}/answer`, form, cookie);
  const second = await door.post(`${address}/answer`, form, cookie);
  assert.equal(first.headers.get("location"), second.headers.get("location"));
  const events = await town.db.selectFrom("audit.event").select("id").where("verb", "=", "report.answered").execute();
  assert.equal(events.length, 1);
});

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

test("a number that leads to a person is named before it is public, masked when sent again, kept only when somebody chooses so", async (t) => {
  const { door, cookie, address, town, categories } = await anOffice(t);
  const opening = { form_key: key(1), title: "找村口老李 13800005678 拿钥匙", details: "", category: categories.help, place: "" };
  const named = await door.post(`${address}/open`, opening, cookie);
  assert.equal(named.status, 422);
  const page = await named.text();
  await assertValid(page, "numbers named");
  assert.match(textOf(page), /像是电话或身份证号：138\*\*\*\*5678/);
  assert.match(page, /value="mask" checked/);
  assert.match(page, />\s*找村口老李 13800005678 拿钥匙<\/textarea>/);
  assert.equal((await town.db.selectFrom("ledger.problem").select("id").execute()).length, 0);
  assert.equal((await door.post(`${address}/open`, { ...opening, numbers: "mask" }, cookie)).status, 303);
  const masked = await town.db.selectFrom("ledger.problem").select(["title", "search_text"]).executeTakeFirstOrThrow();
  assert.equal(masked.title, "找村口老李 138****5678 拿钥匙");
  assert.doesNotMatch(masked.search_text, /13800005678/);
  const texts = await town.db.selectFrom("audit.private_text").select("text").execute();
  assert.ok(!texts.some(({ text }) => text?.includes("13800005678")), "nor is it in the words beside the log");

  const beside = await anOffice(t);
  const kept = { ...opening, category: beside.categories.help, title: "热线 0755-22345678 没人接", numbers: "keep" };
  assert.equal((await beside.door.post(`${beside.address}/open`, kept, beside.cookie)).status, 303);
  assert.equal(
    (await beside.town.db.selectFrom("ledger.problem").select("title").executeTakeFirstOrThrow()).title,
    "热线 0755-22345678 没人接",
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
    Array.from({ length: 20 }, (_, i) => 23 - i),
  );
  const next = (/href="(\/office\/inbox\?[^"]*)" rel="next"/.exec(first)?.[1] ?? "").replaceAll("&amp;", "&");
  assert.deepEqual(titles(await (await door.get(next, cookie)).text()), [3, 2, 1]);
  assert.deepEqual(titles(await (await door.post("/office/inbox/search", { q: "第7号" }, cookie)).text()), [7]);
  assert.deepEqual(titles(await (await door.get("/office/inbox?channel=phone", cookie)).text()), []);
  assert.equal((await door.get("/office/inbox?before=x&status=y&channel=z&q=%00&limit=9999", cookie)).status, 200);
});

test("a report's photo is seen by those who triage it, in its own report, and by nobody else", async (t) => {
  const its = await aTown(t);
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#889988" } })
    .jpeg()
    .toBuffer();
  const { sha256, thumbnailSha256 } = await addPhoto(its.town, { address: "192.0.2.1" }, its.at, { bytes, purpose: DRAFT });
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

test("what perhaps is the same report sent again stands beside it, with its words and its way there", async (t) => {
  const its = await anOffice(t, { phone: "13800000000" });
  const other = await aReport(its, { phone: "13800000000", details: "换了个说法" });
  const page = await (await its.door.get(its.address, its.cookie)).text();
  await assertValid(page, "perhaps the same");
  assert.match(textOf(page), /也许是同一件[\s\S]*留了同一个电话 · 同一句话[\s\S]*换了个说法/);
  assert.ok(page.includes(`href="/office/inbox/${other.report}"`));
  assert.doesNotMatch(page, /13800000000/);
});

test("a report whose category and village were retired opens under neither the first of the list nor the old ones", async (t) => {
  const { door, cookie, address, town, at, categories, villages } = await anOffice(t);
  await town.db.updateTable("rules.category").set({ retired_at: at }).where("id", "=", categories.complaint).execute();
  await town.db.updateTable("people.village").set({ retired_at: at }).where("id", "=", villages.dongtang).execute();
  const page = await (await door.get(`${address}?act=open`, cookie)).text();
  await assertValid(page, "retired meanwhile");
  assert.match(page, new RegExp(`value="${categories.complaint}" selected>投诉（已停用，请另选）`));
  assert.match(page, new RegExp(`value="${villages.dongtang}" selected>东塘村（已停用，请另选）`));
  const opening = { form_key: key(1), title: "办证窗口午间无人", details: "写了很久", place: "" };
  const refused = await door.post(
    `${address}/open`,
    { ...opening, category: categories.complaint, village: villages.dongtang, theme: key(9) },
    cookie,
  );
  assert.equal(refused.status, 422);
  const again = await refused.text();
  for (const field of ["category", "village", "theme"]) assert.match(again, new RegExp(`id="e-${field}"`));
  assert.match(again, /写了很久/);
  assert.equal((await town.db.selectFrom("ledger.problem").select("id").execute()).length, 0);
  const opened = await door.post(`${address}/open`, { ...opening, category: categories.help, village: villages.xiling }, cookie);
  assert.equal(opened.status, 303);
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

test("a settled report shows its acts grey with the reason", async (t) => {
  const { door, cookie, address, town, cast, at, report } = await anOffice(t);
  await declineReport(town, cast.zhengShang, at, { report, reason: "不属本镇" });
  const page = await (await door.get(`${address}?act=answer`, cookie)).text();
  assert.doesNotMatch(page, /<form method="post" action="\/office\/inbox/);
  assert.equal(page.match(/aria-disabled="true"/g)?.length, 6);
  await assertValid(page, "settled");
});
