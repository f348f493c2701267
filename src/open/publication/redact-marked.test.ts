import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { wordsAbout } from "#audit/queries";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { checkEvents } from "#proof/check-events";
import { checkProblems, checkReports } from "#proof/check-standing";
import { Refusal } from "#refusals";
import { actOn } from "#test/desk";
import { aTown, type ATown } from "#test/town";
import { findMarkable, MarkWords } from "./marked-words.ts";
import { findStory } from "./problem-story.ts";
import { redactMarked } from "./redact-marked.ts";

const none = () => undefined;
const refusedWith = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const marks = (words: string, whole: readonly string[] = []) => MarkWords.parse({ words, whole, reason: "写了别人的名字和住处" });

/** A problem in whose title, details and steps somebody is named. */
async function aNamingProblem(context: TestContext) {
  const t = await aTown(context);
  const opening = { title: "王五家门口积水", details: "王五住东塘村三组十二号", category: t.categories.complaint };
  const { problem, number } = await openProblem(t.town, t.cast.qianWen, t.at, OpenProblem.parse(opening));
  await actOn(t, number, "assign", t.cast.zhengShang, t.at);
  return { ...t, number, about: { kind: "problem", id: problem } as const };
}

async function storyOf({ town, number }: Pick<ATown, "town"> & { readonly number: string }) {
  const story = await findStory(town, number);
  assert.ok(story);
  return story;
}

test("a name is covered wherever it stands about a problem, the rest stays, and the log agrees with what is shown", async (t) => {
  const its = await aNamingProblem(t);
  const { town, cast, at, about } = its;
  await redactMarked(town, cast.qianWen, at, { ...marks("王五"), about });
  const { problem, events } = await storyOf(its);
  assert.equal(problem.title, "■■家门口积水");
  assert.equal(problem.details, "■■住东塘村三组十二号");
  const opened = events.find(({ verb }) => verb === "problem.opened");
  assert.equal(opened?.words["title"], "■■家门口积水");
  const covered = events.filter(({ verb }) => verb === "text.redacted");
  assert.equal(covered.length, 2);
  for (const { words, facts } of covered) {
    assert.deepEqual(words, { reason: "写了别人的名字和住处" }, "what is left is told where it stood, not here");
    assert.equal(facts["unit"], cast.qianWen.unit);
  }
  assert.equal(await checkEvents(town, none), null);
  assert.deepEqual(await checkProblems(town), []);
  await town.db.updateTable("ledger.problem").set({ title: "李四家门口积水" }).where("id", "=", about.id).execute();
  assert.deepEqual(await checkProblems(town), [{ table: "ledger.problem", column: "title", of: its.number, says: "differs" }]);
});

test("what is left can be covered again, down to nothing, and no copy of it stays", async (t) => {
  const its = await aNamingProblem(t);
  const { town, cast, at, about } = its;
  await redactMarked(town, cast.qianWen, at, { ...marks("王五"), about });
  await redactMarked(town, cast.qianWen, at, { ...marks("东塘村三组十二号\n家门口"), about });
  const said = await wordsAbout(town, about.id);
  assert.deepEqual(
    said.filter(({ verb }) => verb === "problem.opened").map(({ field, text }) => [field, text]),
    [
      ["details", "■■住■■■"],
      ["title", "■■■■■积水"],
    ],
  );
  const rows = await town.db.selectFrom("audit.private_text").select("text").execute();
  assert.ok(!rows.some(({ text }) => text !== null && /东塘村三组|家门口/.test(text)));
  const details = (await findMarkable(town, about)).find(({ field }) => field === "details");
  await redactMarked(town, cast.qianWen, at, { ...marks("", [details?.key ?? ""]), about });
  assert.equal((await storyOf(its)).problem.details, "■■■");
  assert.equal(await checkEvents(town, none), null);
  assert.deepEqual(await checkProblems(town), []);
});

test("one step of several is covered in its own line, and the ticks stay", async (t) => {
  const its = await aNamingProblem(t);
  const { town, cast, at, about } = its;
  await actOn(its, its.number, "record-progress", cast.wuJie, at);
  await redactMarked(town, cast.qianWen, at, { ...marks("轮"), about });
  const { problem } = await storyOf(its);
  assert.deepEqual([problem.measures, problem.measuresDone], [["■班"], [0]]);
  assert.deepEqual(await checkProblems(town), []);
});

test("who worked on a problem covers nothing about it, nor does anybody but the office; words that are not there are none", async (t) => {
  const its = await aNamingProblem(t);
  const { town, cast, at, about } = its;
  const events = () => town.db.selectFrom("audit.event").select("id").execute();
  const before = await events();
  await assert.rejects(redactMarked(town, cast.wuJie, at, { ...marks("王五"), about }), refusedWith("officer/not-allowed"));
  const ofUnit = { ...cast.wuJie, duties: new Set([...cast.wuJie.duties, "office" as const]) };
  await assert.rejects(redactMarked(town, ofUnit, at, { ...marks("王五"), about }), refusedWith("officer/involved"));
  await assert.rejects(redactMarked(town, cast.qianWen, at, { ...marks("赵六"), about }), refusedWith("text/unknown"));
  assert.deepEqual(await events(), before);
});

test("in a report the intake desk covers words, and its row and the inbox's search follow", async (t) => {
  const its = await aTown(t);
  const { town, cast, at, categories } = its;
  const what = ReceiveReport.parse({ title: "路灯不亮", details: "张三家旁边的灯", category: categories.complaint });
  const { report } = await receiveReport(town, null, at, { ...what, channel: "web" });
  await redactMarked(town, cast.qianWen, at, { ...marks("张三"), about: { kind: "report", id: report } });
  const row = await town.db.selectFrom("intake.report").selectAll().where("id", "=", report).executeTakeFirstOrThrow();
  assert.equal(row.details, "■■家旁边的灯");
  assert.doesNotMatch(JSON.stringify(row), /张三/);
  assert.deepEqual(await checkReports(town), []);
});
