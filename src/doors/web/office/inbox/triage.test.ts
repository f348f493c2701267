import assert from "node:assert/strict";
import { test } from "node:test";
import { answerReport } from "#intake/answer-report";
import { findReport } from "#intake/queries";
import { declineReport } from "#intake/decline-report";
import { aPhoto, aProblem } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { anOffice, aReport, DRAFT, key } from "#test/inbox";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

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
  const evidence = await its.town.db.selectFrom("evidence.use").select("file").where("purpose", "=", "before").execute();
  assert.deepEqual(evidence, [{ file: shown }]);
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
  assert.match(page, /aria-disabled="true" aria-describedby="no-decline"/);
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

test("a number that leads to a person is named before it is public, masked when sent again, kept only by choice", async (t) => {
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
  await town.db.updateTable("limits.category").set({ retired_at: at }).where("id", "=", categories.complaint).execute();
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

test("a settled report says in one sentence that it is, and offers how it is corrected", async (t) => {
  const { door, cookie, address, town, cast, at, report } = await anOffice(t);
  await declineReport(town, cast.zhengShang, at, { report, reason: "不属本镇" });
  const page = await (await door.get(`${address}?act=answer`, cookie)).text();
  assert.doesNotMatch(page, /<form method="post" action="\/office\/inbox/);
  assert.match(textOf(page), /已经办过 要改主意，先撤回、移出或改并/);
  assert.match(page, /\?act=take-back#acts/);
  assert.equal(page.match(/aria-disabled="true"/g)?.length, 2);
  await assertValid(page, "settled");
});
