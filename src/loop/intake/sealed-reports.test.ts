import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { nameReceivers } from "#limits/name-receivers";
import type { Officer } from "#people/officer";
import { checkReports } from "#proof/check-standing";
import { refusedWith } from "#test/refused";
import { aTown } from "#test/town";
import { addWord } from "./add-word.ts";
import { answerSealedReport } from "./answer-sealed-report.ts";
import { findReport, findReportByCode } from "./queries.ts";
import { letOutReport } from "./let-out-report.ts";
import { OpenSealedReport, openSealedReport } from "./open-sealed-report.ts";
import { receiveReport } from "./receive-report.ts";
import { referSealedReport } from "./refer-sealed-report.ts";
import { ReceiveReport } from "./said.ts";
import { findReportersOwn, findSealed, listSealed } from "./sealed-reports.ts";
import { findCoded } from "./find-slip.ts";
import { withdrawReport } from "./withdraw-report.ts";

async function aSealedTown(t: TestContext, ...receivers: readonly (keyof Awaited<ReturnType<typeof aTown>>["cast"])[]) {
  const its = await aTown(t);
  const { town, cast, categories, at, villages } = its;
  const named = receivers.map((one) => cast[one].id);
  await nameReceivers(town, cast.zhouXi, at, { category: categories.wrongdoing, version: null, sealed: true, receivers: named });
  const tell = (title: string, more: Partial<ReceiveReport> = {}) =>
    receiveReport(town, null, at, {
      ...ReceiveReport.parse({ title, details: "", category: categories.wrongdoing, village: villages.dongtang, place: "", ...more }),
      channel: "web",
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
