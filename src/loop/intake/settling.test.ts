import assert from "node:assert/strict";
import { test } from "node:test";
import { refusedWith } from "#test/refused";
import { aDraftPhoto, lamp, minutesAfter, verbsOf } from "#test/report";
import { aTown } from "#test/town";
import { acceptReport, AcceptByOpening } from "./accept-report.ts";
import { addWord } from "./add-word.ts";
import { answerReport } from "./answer-report.ts";
import { declineReport } from "./decline-report.ts";
import { findReport } from "./queries.ts";
import { receiveReport } from "./receive-report.ts";
import { referReport } from "./refer-report.ts";
import { withdrawReport } from "./withdraw-report.ts";

test("a consultation is answered, another report referred, a third declined; each once, and its reporter reads why", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { qianWen } = cast.cast;
  const [a, b, c] = await Promise.all(["甲", "乙", "丙"].map((title) => receiveReport(town, null, at, lamp(cast, { title }))));
  assert.ok(a && b && c);
  const later = minutesAfter(at, 60);
  await answerReport(town, qianWen, later, { report: a.report, text: "周一到周五九点开门。" });
  await referReport(town, qianWen, later, { report: b.report, referredTo: "县供电所", reason: "线路归供电所管。" });
  await declineReport(town, qianWen, later, { report: c.report, reason: "现场查看无此情况。" });
  await assert.rejects(declineReport(town, qianWen, later, { report: a.report, reason: "再说一次" }), refusedWith("report/not-open"));
  await assert.rejects(
    answerReport(town, cast.cast.wuJie, later, { report: a.report, text: "我来答" }),
    refusedWith("officer/not-allowed"),
  );
  const words = await Promise.all(
    [a, b, c].map(async ({ report }) =>
      (await findReport(town, report))?.words.map(({ kind, text, referredTo }) => [kind, text, referredTo]),
    ),
  );
  assert.deepEqual(words, [
    [["answered", "周一到周五九点开门。", ""]],
    [["referred", "线路归供电所管。", "县供电所"]],
    [["declined", "现场查看无此情况。", ""]],
  ]);
  assert.deepEqual((await findReport(town, a.report))?.firstAnsweredAt, later);
  assert.deepEqual((await verbsOf(town)).slice(3).sort(), ["report.answered", "report.declined", "report.referred"]);
});

test("two clerks settle one report at once: one does, the other is refused", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { report } = await receiveReport(town, null, at, lamp(cast));
  const outcomes = await Promise.allSettled([
    answerReport(town, cast.cast.qianWen, at, { report, text: "已修好。" }),
    declineReport(town, cast.cast.zhengShang, at, { report, reason: "不属实" }),
  ]);
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  assert.equal((await findReport(town, report))?.words.length, 1);
  assert.equal((await verbsOf(town)).length, 2);
});

test("a report opens a problem, the next one joins it, and taking one back leaves the other counted", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { qianWen } = cast.cast;
  const [first, second] = await Promise.all([
    receiveReport(town, null, at, lamp(cast)),
    receiveReport(town, null, at, { ...lamp(cast, { title: "村口太黑" }), channel: "letter" as const }),
  ]);
  const opening = AcceptByOpening.parse({
    report: first.report,
    title: "东塘村口路灯不亮",
    category: cast.categories.complaint,
    village: cast.villages.dongtang,
    theme: cast.themes.nature,
  });
  const { problem } = await acceptReport(town, qianWen, at, opening);
  await acceptReport(town, qianWen, at, { report: second.report, problem });
  const joined = await town.db.selectFrom("ledger.joined_report").select(["report", "channel"]).orderBy("channel").execute();
  assert.deepEqual(joined, [
    { report: second.report, channel: "letter" },
    { report: first.report, channel: "web" },
  ]);
  await withdrawReport(town, at, { report: first.report, reason: "已经修好了" });
  await assert.rejects(withdrawReport(town, at, { report: first.report, reason: "" }), refusedWith("report/nothing-to-withdraw"));
  const row = await town.db
    .selectFrom("ledger.problem")
    .select(["report_count", "status"])
    .where("id", "=", problem)
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, { report_count: 1, status: "opened" });
  const found = await findReport(town, first.report);
  assert.equal(found?.status, "withdrawn");
  assert.equal(found.problemNumber, "SL-2026-0001");
});

test("a report taken back and sent again within ten minutes is a new report", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const first = await receiveReport(town, null, at, lamp(cast, { device: "a" }));
  await withdrawReport(town, at, { report: first.report, reason: "" });
  const again = await receiveReport(town, null, at, lamp(cast, { device: "a" }));
  assert.equal(again.folded, false);
  assert.notEqual(again.report, first.report);
});

test("a reporter adds words and photos, up to a bound, while the report is being worked on", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { report } = await receiveReport(town, null, at, lamp(cast));
  const photo = await aDraftPhoto(town, at, "#abc", { kind: "report", id: report });
  await addWord(town, at, { report, text: "昨晚又摔了一个人。", photos: [photo] });
  assert.deepEqual((await findReport(town, report))?.photos, [photo]);
  await assert.rejects(addWord(town, at, { report, text: "x", photos: ["f".repeat(64)] }), refusedWith("file/unknown"));
  for (let i = 1; i < 20; i++) await addWord(town, at, { report, text: `第${i}次`, photos: [] });
  const before = await verbsOf(town);
  await assert.rejects(addWord(town, at, { report, text: "再说一次", photos: [] }), refusedWith("report/words-too-many"));
  await declineReport(town, cast.cast.qianWen, at, { report, reason: "重复" });
  await assert.rejects(addWord(town, at, { report, text: "不服", photos: [] }), refusedWith("report/not-open"));
  assert.equal((await verbsOf(town)).length, before.length + 1);
});
