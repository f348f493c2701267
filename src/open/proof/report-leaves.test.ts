import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptReport, AcceptByOpening } from "#intake/accept-report";
import { receiveReport } from "#intake/receive-report";
import { withdrawReport } from "#intake/withdraw-report";
import { aNotary, asScribe } from "#test/notary";
import { lamp } from "#test/report";
import { aTown } from "#test/town";
import { integrateEvents } from "#log/integrate-events";
import { handleOf } from "#log/leaf";
import { nameLog } from "#log/name-log";

test("no leaf of a problem tells which reports it came from, was joined by, or lost", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  const [first, second] = await Promise.all([receiveReport(town, null, at, lamp(its)), receiveReport(town, null, at, lamp(its))]);
  const opening = AcceptByOpening.parse({ report: first.report, title: "东塘村口路灯不亮", category: categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, at, opening);
  await acceptReport(town, cast.qianWen, at, { report: second.report, problem });
  await withdrawReport(town, at, { report: second.report, reason: "已经修好了" });
  await integrateEvents(town, asScribe(notary), at);
  const leaves = await town.db.selectFrom("log.leaf").select("entry").orderBy("number").execute();
  const ofProblem = leaves.map(({ entry }) => entry).filter((entry) => entry.includes('"subject":{"kind":"problem"'));
  const told = ofProblem.map((entry) => /"verb":"([^"]*)"/.exec(entry)?.[1]);
  assert.deepEqual(told, ["problem.opened", "problem.joined", "problem.released"]);
  for (const { report } of [first, second])
    for (const entry of ofProblem) assert.ok(!entry.includes(report) && !entry.includes(handleOf(report)), entry);
});
