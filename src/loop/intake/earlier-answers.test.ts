import assert from "node:assert/strict";
import { test } from "node:test";
import { nameReceivers } from "#limits/name-receivers";
import { aReport } from "#test/inbox";
import { aTown, type ATown } from "#test/town";
import { answerReport } from "./answer-report.ts";
import { declineReport } from "./decline-report.ts";
import { findEarlierAnswers } from "./earlier-answers.ts";
import { findReport, type Report } from "./queries.ts";
import { referReport } from "./refer-report.ts";
import { replyToReport } from "./reply-to-report.ts";
import { takeBackDecision } from "./take-back-decision.ts";
import { withdrawReport } from "./withdraw-report.ts";

async function reported(its: ATown, title: string, over: object = {}): Promise<Report> {
  const { report } = await aReport(its, { title, details: "", ...over });
  return (await findReport(its.town, report)) ?? assert.fail("a report");
}

async function answered(its: ATown, title: string, text: string, over: object = {}): Promise<string> {
  const { id: report } = await reported(its, title, over);
  await answerReport(its.town, its.cast.qianWen, its.at, { report, text });
  return report;
}

async function decisionOf({ town }: ATown, report: string): Promise<string> {
  return (await findReport(town, report))?.words.at(-1)?.id ?? assert.fail("decided");
}

async function shown({ town, cast }: ATown, report: Report): Promise<readonly string[]> {
  return (await findEarlierAnswers(town, cast.qianWen, report))?.map(({ text }) => text) ?? assert.fail("it took too long");
}

test("how such a thing was answered last time is shown nearest first, at most three, the same words once", async (t) => {
  const its = await aTown(t);
  await answered(its, "新农合住院怎么报销", "带上住院发票，到镇便民中心办理");
  await answered(its, "新农合门诊怎么报销", "带上住院发票，到镇便民中心办理");
  await answered(its, "路灯不亮", "已经修好");
  const other = await reported(its, "合作医疗报销要什么材料", { category: its.categories.help });
  await referReport(its.town, its.cast.qianWen, its.at, { report: other.id, referredTo: "县医保局", reason: "材料清单由县医保局定" });
  const sought = await reported(its, "新农合在外地住院怎么报销");
  assert.deepEqual(await shown(its, sought), ["带上住院发票，到镇便民中心办理"]);
  const materials = await reported(its, "报销要什么材料");
  const [first] = (await findEarlierAnswers(its.town, its.cast.qianWen, materials)) ?? [];
  assert.deepEqual([first?.kind, first?.referredTo, first?.text], ["referred", "县医保局", "材料清单由县医保局定"]);
});

test("a refusal and a reply are found as well; what was taken back, withdrawn, or is of a sealed category is not", async (t) => {
  const its = await aTown(t);
  const { town, cast, at, categories } = its;
  const declined = await reported(its, "楼上邻居半夜跳舞太吵");
  await declineReport(town, cast.qianWen, at, { report: declined.id, reason: "邻里噪声请先找村委会调解" });
  const replied = await reported(its, "邻居半夜跳舞声音太吵");
  await replyToReport(town, cast.qianWen, at, { report: replied.id, text: "村委会今晚上门" });
  const wrong = await answered(its, "邻居半夜跳舞太吵了", "这是错的答复");
  await takeBackDecision(town, cast.qianWen, at, { report: wrong, decision: await decisionOf(its, wrong), reason: "答错了" });
  const gone = await reported(its, "邻居半夜跳舞真的太吵");
  await replyToReport(town, cast.qianWen, at, { report: gone.id, text: "反映人撤回了的" });
  await withdrawReport(town, at, { report: gone.id, reason: "" });
  await answered(its, "干部半夜跳舞太吵", "封存以前的答复", { category: categories.wrongdoing });
  await nameReceivers(town, cast.zhouXi, at, { category: categories.wrongdoing, version: null, sealed: true, receivers: [] });
  const sought = await reported(its, "邻居半夜跳舞太吵，睡不着");
  assert.deepEqual([...(await shown(its, sought))].sort(), ["村委会今晚上门", "邻里噪声请先找村委会调解"]);
});

test("out of an earlier answer is taken whom it was said to: name, number and address", async (t) => {
  const its = await aTown(t);
  const who = { name: "赵铁山", phone: "13800000000" };
  await answered(its, "低保什么时候发", "赵铁山您好，每月十日发，已打过 13800000000，也可找 13912345678", who);
  const [text = ""] = await shown(its, await reported(its, "低保几号发，什么时候到账"));
  assert.match(text, /^\*\*\*您好，每月十日发/);
  assert.doesNotMatch(text, /赵铁山|13800000000|13912345678/);
});
