import assert from "node:assert/strict";
import { test } from "node:test";
import { refusedWith } from "#test/refused";
import { lamp, minutesAfter, verbsOf } from "#test/report";
import { aTown } from "#test/town";
import { acceptReport, AcceptByOpening } from "./accept-report.ts";
import { answerReport } from "./answer-report.ts";
import { categoriseReport } from "./categorise-report.ts";
import { InboxFilter, listInbox } from "./inbox.ts";
import { findReport } from "./queries.ts";
import { receiveReport } from "./receive-report.ts";
import { withdrawReport } from "./withdraw-report.ts";

const UNDECIDED = InboxFilter.parse({ category: "undecided" });
const none = () => [];

test("a report whose category is left to the town waits by the strictest, and is found as undecided until a clerk sets it", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const { report } = await receiveReport(town, null, at, { ...lamp(its), category: null });
  const before = await findReport(town, report);
  // Tuesday 28 July: a hazard is answered within one working day
  assert.deepEqual([before?.category, before?.firstReplyDueOn], [null, "2026-07-29"]);
  assert.deepEqual(
    (await listInbox(town, UNDECIDED, none)).reports.map(({ id }) => id),
    [report],
  );

  await categoriseReport(town, cast.qianWen, minutesAfter(at, 30), { report, category: categories.complaint });
  const after = await findReport(town, report);
  assert.deepEqual([after?.status, after?.category, after?.firstReplyDueOn], ["received", categories.complaint, "2026-07-31"]);
  assert.deepEqual(
    after?.words.map(({ kind, category, saidBy }) => [kind, category, saidBy]),
    [["categorised", categories.complaint, cast.qianWen.id]],
  );
  assert.deepEqual((await listInbox(town, UNDECIDED, none)).reports, []);
  assert.deepEqual(await verbsOf(town), ["report.received", "report.categorised"]);
});

test("a corrected category never moves the promised day away, and a stricter one counts from the correction", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const { report: hazard } = await receiveReport(town, null, at, { ...lamp(its), category: categories.hazard });
  await categoriseReport(town, cast.qianWen, minutesAfter(at, 30), { report: hazard, category: categories.complaint });
  assert.equal((await findReport(town, hazard))?.firstReplyDueOn, "2026-07-29");

  const { report: complaint } = await receiveReport(town, null, at, { ...lamp(its), title: "井盖没了", category: categories.complaint });
  await categoriseReport(town, cast.qianWen, minutesAfter(at, 24 * 60), { report: complaint, category: categories.hazard });
  assert.equal((await findReport(town, complaint))?.firstReplyDueOn, "2026-07-30");
});

test("a day that has passed, and that of an answered report, stay what they were", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const { report: late } = await receiveReport(town, null, at, { ...lamp(its), category: null });
  await categoriseReport(town, cast.qianWen, minutesAfter(at, 3 * 24 * 60), { report: late, category: categories.complaint });
  assert.equal((await findReport(town, late))?.firstReplyDueOn, "2026-07-29");

  const { report: answered } = await receiveReport(town, null, at, { ...lamp(its), title: "井盖没了", category: null });
  await answerReport(town, cast.qianWen, minutesAfter(at, 5), { report: answered, text: "今天就去装" });
  await categoriseReport(town, cast.qianWen, minutesAfter(at, 30), { report: answered, category: categories.complaint });
  const found = await findReport(town, answered);
  assert.deepEqual([found?.status, found?.category, found?.firstReplyDueOn], ["answered", categories.complaint, "2026-07-29"]);
});

test("opening sets the category the clerk opened it under, and joining that of the problem where it had none", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const { report: opening } = await receiveReport(town, null, at, { ...lamp(its), category: categories.complaint });
  const what = { report: opening, title: "东塘村口路灯不亮", category: categories.hazard };
  const { problem } = await acceptReport(town, cast.qianWen, at, AcceptByOpening.parse(what));
  assert.equal((await findReport(town, opening))?.category, categories.hazard);

  const { report: silent } = await receiveReport(town, null, at, { ...lamp(its), title: "路灯还不亮", category: null });
  const { report: chosen } = await receiveReport(town, null, at, { ...lamp(its), title: "灯不亮", category: categories.complaint });
  for (const report of [silent, chosen]) await acceptReport(town, cast.qianWen, minutesAfter(at, 9), { report, problem });
  assert.equal((await findReport(town, silent))?.category, categories.hazard);
  assert.equal((await findReport(town, chosen))?.category, categories.complaint);
});

test("no category is set by a handler, twice the same, to one that is retired, or after its reporter took it back", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const { report } = await receiveReport(town, null, at, { ...lamp(its), category: categories.complaint });
  const to = (category: string, by = cast.qianWen) => categoriseReport(town, by, at, { report, category });
  await assert.rejects(to(categories.hazard, cast.wuJie), refusedWith("officer/not-allowed"));
  await assert.rejects(to(categories.complaint), refusedWith("report/same-category"));
  await town.db.updateTable("limits.category").set({ retired_at: at }).where("id", "=", categories.help).execute();
  await assert.rejects(to(categories.help), refusedWith("category/unknown"));
  await withdrawReport(town, minutesAfter(at, 1), { report, reason: "" });
  await assert.rejects(to(categories.hazard), refusedWith("report/withdrawn"));
});
