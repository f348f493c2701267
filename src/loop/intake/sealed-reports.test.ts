import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { nameReceivers } from "#limits/name-receivers";
import { eraseIdentity } from "#vault/erase-identity";
import { correctIdentity } from "#vault/correct-identity";
import { countLooks } from "#vault/count-looks";
import { looksAt } from "#vault/queries";
import { checkSealed, commitSealed } from "#audit/commit-sealed";
import { RESIDENT } from "#audit/append-event";
import type { Officer } from "#people/officer";
import { checkReports } from "#proof/check-standing";
import { REDACTED } from "#audit/redact-beside";
import { Refusal } from "#refusals";
import { refusedWith } from "#test/refused";
import { aDraftPhoto, DRAFT, minutesAfter, verbsOf } from "#test/report";
import { aTown } from "#test/town";
import { adoptCalendar } from "./adopt-calendar.ts";
import { addWord } from "./add-word.ts";
import { answerSealedReport } from "./answer-sealed-report.ts";
import { findReport, findReportByCode } from "./queries.ts";
import { letOutReport } from "./let-out-report.ts";
import { OpenSealedReport, openSealedReport } from "./open-sealed-report.ts";
import { receiveReport } from "./receive-report.ts";
import { referSealedReport } from "./refer-sealed-report.ts";
import { ReceiveReport } from "./said.ts";
import { lookAtIdentity } from "./look-at-identity.ts";
import { lookAtSealedIdentity, openedSealedIdentity } from "./look-at-sealed-identity.ts";
import { readSealedWords } from "./read-sealed-words.ts";
import { redactSealedReport } from "./redact-sealed-report.ts";
import { replyToSealedReport } from "./reply-to-sealed-report.ts";
import { countSealed, findReportersOwn, findSealed, listSealed } from "./sealed-reports.ts";
import { findCoded } from "./find-slip.ts";
import { withdrawReport } from "./withdraw-report.ts";

async function aSealedTown(t: TestContext, ...receivers: readonly (keyof Awaited<ReturnType<typeof aTown>>["cast"])[]) {
  const its = await aTown(t);
  const { town, cast, categories, at, villages } = its;
  const named = receivers.map((one) => cast[one].id);
  await nameReceivers(town, cast.zhouXi, at, { category: categories.wrongdoing, version: null, sealed: true, receivers: named });
  const tell = (title: string, more: Partial<ReceiveReport> = {}, draft = DRAFT) =>
    receiveReport(town, null, at, {
      ...ReceiveReport.parse({ title, details: "", category: categories.wrongdoing, village: villages.dongtang, place: "", ...more }),
      channel: "web",
      draft,
    });
  const titles = async (by: Officer) => (await listSealed(town, by)).map(({ title }) => title);
  return { ...its, tell, titles };
}

test("a sealed report reaches its receivers alone, the secretary where nobody is named or its reporter chose so", async (t) => {
  const { town, cast, tell, titles, at, categories } = await aSealedTown(t);
  await tell("没有指定人时来的");
  assert.deepEqual(await titles(cast.zhaoShu), ["没有指定人时来的"]);
  assert.deepEqual(await titles(cast.fengZheng), []);
  const seal = { category: categories.wrongdoing, version: null, sealed: true };
  await nameReceivers(town, cast.zhouXi, at, { ...seal, receivers: [cast.fengZheng.id] });
  await tell("给书记看的", { forSecretary: true });
  assert.deepEqual(await titles(cast.fengZheng), ["没有指定人时来的"]);
  assert.deepEqual(await titles(cast.zhaoShu), ["给书记看的"]);
  for (const other of [cast.qianWen, cast.wangLu, cast.wuJie, cast.zhouXi, cast.wuAn, cast.shenJi])
    assert.deepEqual(await titles(other), []);
  await assert.rejects(
    nameReceivers(town, cast.zhouXi, at, { ...seal, receivers: [cast.shenJi.id] }),
    refusedWith("receiver/administrator"),
  );
  await assert.rejects(nameReceivers(town, cast.wuAn, at, { ...seal, receivers: [] }), refusedWith("officer/not-allowed"));
});

test("receivers answer and refer; the reporter reads it by the code, adds to it and takes it back", async (t) => {
  const { town, cast, tell, at } = await aSealedTown(t, "fengZheng");
  const first = await tell("第一件");
  await assert.rejects(answerSealedReport(town, cast.qianWen, at, { report: first.report, text: "看过了" }), refusedWith("report/unknown"));
  await addWord(town, at, { report: first.report, text: "还有一句", photos: [] });
  await answerSealedReport(town, cast.fengZheng, at, { report: first.report, text: "查过，情况属实" });
  await assert.rejects(
    answerSealedReport(town, cast.fengZheng, at, { report: first.report, text: "再答一次" }),
    refusedWith("report/not-open"),
  );
  const own = await findReportersOwn(town, (await findCoded(town, first.code))?.id ?? "");
  assert.deepEqual(
    own?.words.map(({ kind, text }) => [kind, text]),
    [
      ["added", "还有一句"],
      ["answered", "查过，情况属实"],
    ],
  );
  assert.equal(await findReportByCode(town, first.code), null, "a clerk who knows the code finds nothing");
  const second = await tell("第二件");
  await referSealedReport(town, cast.fengZheng, at, { report: second.report, referredTo: "县纪委", reason: "不归镇上查" });
  assert.equal((await findSealed(town, cast.fengZheng, second.report))?.status, "referred");
  const third = await tell("第三件");
  await withdrawReport(town, at, { report: third.report, reason: "" });
  assert.equal((await findSealed(town, cast.fengZheng, third.report))?.status, "withdrawn");
});

test("a problem that receivers open counts no report, and only the reporter is led to it", async (t) => {
  const { town, cast, tell, at, categories } = await aSealedTown(t, "fengZheng");
  const { report, code } = await tell("记号：谁谁收了礼");
  const opening = OpenSealedReport.parse({
    report,
    title: "窗口办事收费不规范",
    details: "",
    place: "",
    village: "",
    lon: "",
    lat: "",
    category: categories.complaint,
    theme: "",
  });
  await assert.rejects(openSealedReport(town, cast.qianWen, at, opening), refusedWith("report/unknown"));
  const { problem } = await openSealedReport(town, cast.fengZheng, at, opening);
  const opened = await town.db
    .selectFrom("ledger.problem")
    .select(["title", "report_count"])
    .where("id", "=", problem)
    .executeTakeFirstOrThrow();
  assert.deepEqual(opened, { title: "窗口办事收费不规范", report_count: 0 });
  assert.equal((await findReportersOwn(town, (await findCoded(town, code))?.id ?? ""))?.problem, problem);
});

test("what is not about a person of the town is let out to the inbox, with its receipt and all that was said", async (t) => {
  const { town, cast, tell, at, categories } = await aSealedTown(t, "fengZheng");
  const { report, code } = await tell("路灯不亮");
  await addWord(town, at, { report, text: "第三根杆子", photos: [] });
  assert.equal(await findReport(town, report), null);
  await assert.rejects(letOutReport(town, cast.fengZheng, at, { report, category: categories.wrongdoing }), refusedWith("category/sealed"));
  await letOutReport(town, cast.fengZheng, at, { report, category: categories.complaint });
  const found = await findReportByCode(town, code);
  assert.deepEqual([found?.title, found?.words.map(({ text }) => text)], ["路灯不亮", ["第三根杆子"]]);
  assert.deepEqual(await listSealed(town, cast.fengZheng), []);
  assert.deepEqual(await checkReports(town), []);
});

test("the same sent twice is one sealed report with one receipt", async (t) => {
  const { tell, titles, cast } = await aSealedTown(t, "fengZheng");
  const [first, again] = [await tell("一件事", { device: "手机" }), await tell("一件事", { device: "手机" })];
  assert.deepEqual([again.code, again.folded], [first.code, true]);
  assert.deepEqual(await titles(cast.fengZheng), ["一件事"]);
});

test("receivers reply whatever became of it, and say what they have read; what came since goes on waiting", async (t) => {
  const { town, cast, tell, at } = await aSealedTown(t, "fengZheng");
  const { report } = await tell("一件事");
  const first = await addWord(town, at, { report, text: "补一句", photos: [] });
  await addWord(town, minutesAfter(at, 1), { report, text: "再补一句", photos: [] });
  await readSealedWords(town, cast.fengZheng, minutesAfter(at, 2), { report, seen: first });
  assert.deepEqual((await findSealed(town, cast.fengZheng, report))?.unreadSince, minutesAfter(at, 1));
  const read = { report, seen: first };
  await assert.rejects(readSealedWords(town, cast.fengZheng, at, read), refusedWith("report/nothing-new"));
  await answerSealedReport(town, cast.fengZheng, minutesAfter(at, 3), { report, text: "查了" });
  assert.equal((await countSealed(town, cast.fengZheng, at, 9)).waiting, 1, "answered, but something added is unread");
  await replyToSealedReport(town, cast.fengZheng, minutesAfter(at, 4), { report, text: "已处分" });
  for (const other of [cast.qianWen, cast.zhaoShu])
    await assert.rejects(replyToSealedReport(town, other, at, { report, text: "我也说一句" }), refusedWith("report/unknown"));
  assert.deepEqual(
    (await findReportersOwn(town, report))?.words.map(({ kind }) => kind),
    ["added", "added", "read", "answered", "replied"],
  );
});

test("who sent it its receivers alone are shown, for a reason; the reporter sees the look, no event of the log tells of it", async (t) => {
  const { town, cast, tell, at } = await aSealedTown(t, "fengZheng");
  const { report } = await tell("一件事", { name: "李举报", phone: "13800000000" });
  const before = await verbsOf(town);
  const look = { report, reasonClass: "clarify", reason: "问清时间" } as const;
  assert.equal((await lookAtSealedIdentity(town, cast.fengZheng, at, look)).name, "李举报");
  assert.equal((await openedSealedIdentity(town, cast.fengZheng, minutesAfter(at, 9), report))?.identity.phone, "13800000000");
  assert.equal(await openedSealedIdentity(town, cast.fengZheng, minutesAfter(at, 11), report), null);
  for (const other of [cast.qianWen, cast.zhaoShu, cast.shenJi]) {
    await assert.rejects(lookAtSealedIdentity(town, other, at, look), refusedWith("report/unknown"));
    await assert.rejects(lookAtIdentity(town, other, at, look), (error) => error instanceof Refusal);
  }
  assert.deepEqual(
    (await looksAt(town, report)).map(({ reasonClass }) => reasonClass),
    ["clarify"],
  );
  assert.deepEqual(await countLooks(town, at), [], "nor does a count of looks");
  await correctIdentity(town, at, { report, name: "李某", phone: "13800000000", email: "", wechat: "", address: "" });
  assert.equal(await eraseIdentity(town, RESIDENT, at, { report, because: "asked" }), true);
  assert.deepEqual(await verbsOf(town), before);
  const told = await town.db.selectFrom("audit.sealed_event").select("verb").where("town", "=", town.id).orderBy("id").execute();
  assert.deepEqual(
    told.map(({ verb }) => verb),
    ["report.received", "identity.looked-at", "identity.corrected", "identity.erased"],
  );
});

test("a photo that is sent for what will lie sealed has no leaf, added later neither; let out it is told then", async (t) => {
  const { town, cast, tell, at, categories } = await aSealedTown(t, "fengZheng");
  const before = await verbsOf(town);
  const first = await aDraftPhoto(town, at, "#112233", { kind: "draft", id: DRAFT }, true);
  const { report } = await tell("一件事", { photos: [first] }, DRAFT);
  const second = await aDraftPhoto(town, at, "#445566", { kind: "report", id: report });
  await addWord(town, at, { report, text: "", photos: [second] });
  assert.deepEqual((await findSealed(town, cast.fengZheng, report))?.photos, [first, second]);
  assert.deepEqual(await verbsOf(town), before);
  await letOutReport(town, cast.fengZheng, at, { report, category: categories.complaint });
  assert.deepEqual((await verbsOf(town)).slice(before.length), ["report.received", "report.added-to", "file.added", "file.added"]);
  assert.deepEqual(await checkReports(town), []);
});

test("without a calendar it waits for its day and gets it when the calendar arrives, of which nobody is told", async (t) => {
  const { town, cast, tell, at } = await aSealedTown(t, "fengZheng");
  const calendar = { year: 2026, source: "国办发明电〔2025〕7号", days: [{ day: "2026-10-01", kind: "off" as const, name: "国庆" }] };
  await town.db.deleteFrom("limits.calendar_day").where("town", "=", town.id).execute();
  await town.db.deleteFrom("limits.calendar_year").where("town", "=", town.id).execute();
  const { report } = await tell("一件事");
  assert.deepEqual(await countSealed(town, cast.fengZheng, at, 9), { waiting: 1, late: 0, undated: 1 });
  await adoptCalendar(town, cast.zhouXi, at, { ...calendar, version: null });
  assert.equal((await findSealed(town, cast.fengZheng, report))?.firstReplyDueOn, "2026-07-31");
  assert.ok(!(await verbsOf(town)).includes("deadlines.recounted"));
  assert.deepEqual(await countSealed(town, cast.fengZheng, minutesAfter(at, 9 * 24 * 60), 9), { waiting: 1, late: 1, undated: 0 });
});

test("words that a receiver redacts stand nowhere any more, and the day's commitment holds", async (t) => {
  const { town, cast, tell, at } = await aSealedTown(t, "fengZheng");
  const { report } = await tell("住三组的王五收了礼", { details: "住三组的王五收了礼", name: "李举报" });
  const nextDay = minutesAfter(at, 24 * 60);
  await commitSealed(town, nextDay);
  const title = { report, said: "title", reason: "写了住处" };
  await assert.rejects(redactSealedReport(town, cast.qianWen, nextDay, title), refusedWith("report/unknown"));
  await redactSealedReport(town, cast.fengZheng, nextDay, title);
  await assert.rejects(redactSealedReport(town, cast.fengZheng, nextDay, title), refusedWith("text/unknown"));
  const found = await findReportersOwn(town, report);
  assert.deepEqual([found?.title, found?.details], [REDACTED, REDACTED]);
  const events = await town.db.selectFrom("audit.sealed_event").select("words").where("town", "=", town.id).execute();
  assert.ok(!JSON.stringify(events).includes("王五"));
  assert.deepEqual(await checkSealed(town), []);
});
