import sharp from "sharp";
import { RESIDENT } from "#audit/append-event";
import { addPhoto } from "#evidence/add-photo";
import { useFiles } from "#evidence/use-files";
import { askExtension } from "#ledger/ask-extension";
import { assignProblem } from "#ledger/assign-problem";
import { decideExtension } from "#ledger/decide-extension";
import { declareRectified } from "#ledger/declare-rectified";
import { handOver } from "#ledger/hand-over";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { recordProgress } from "#ledger/record-progress";
import type { Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { answerQuestion } from "#verification/answer-question";
import { checkRectification } from "#verification/check-rectification";
import { closeProblem } from "#verification/close-problem";
import { postNotice } from "#verification/post-notice";
import type { ATown } from "./town.ts";

/** A ledger with something of everything on it, as it stands on the morning of 28 July: every number is named. */
export async function livingLedger({ town, cast, units, villages, categories, themes }: ATown) {
  const on = (day: string, time = "09:00") => new Date(`2026-${day}T${time}:00+08:00`);
  const versionOf = async (problem: string) =>
    (
      await town.db
        .selectFrom("ledger.problem")
        .select("version")
        .where("town", "=", town.id)
        .where("id", "=", problem)
        .executeTakeFirstOrThrow()
    ).version;
  const drawn = async (problem: string) => ({ problem, version: await versionOf(problem) });
  const reports = (at: Date, ...channels: readonly string[]) => channels.map((channel) => ({ report: newId(at), channel }));
  const open = (at: Date, what: Partial<OpenProblem> & { readonly title: string }) =>
    openProblem(
      town,
      cast.qianWen,
      at,
      OpenProblem.parse({ category: categories.complaint, village: villages.dongtang, place: "", details: "", ...what }),
    );
  const assign = async (at: Date, problem: string, leader: string, unit: string, measures: readonly string[], dueOn: string) =>
    assignProblem(town, cast.qianWen, at, {
      ...(await drawn(problem)),
      leaders: [leader],
      unit,
      measures: [...measures],
      goal: "办到群众说好为止",
      dueOn,
    });

  const neighbours = reports(on("06-08"), "phone", "phone", "phone", "visit", "visit", "web");
  const pile = await photo(town, on("06-08"), "#b9a88a", { report: neighbours.at(-1)?.report ?? "" });
  // Struck off after a notice, with before and after, an answer, and look-backs to come.
  const rubbish = await open(on("06-08", "15:02"), {
    title: "城南片区垃圾清运不及时，夏天气味大",
    details: "菜市场后面的两个收集点，晚上满了第二天中午才清。",
    place: "城南菜市场后",
    theme: themes.nature,
    reports: neighbours,
    photos: [pile],
  });
  await assign(
    on("06-09", "10:30"),
    rubbish.problem,
    cast.liHe.id,
    units.ecology,
    ["外包公司增加早班清运", "考核与付款挂钩"],
    "2026-06-26",
  );
  await handOver(town, cast.qianWen, on("06-10"), {
    ...(await drawn(rubbish.problem)),
    leaders: [cast.liHe.id],
    unit: units.sanitation,
    reason: "清运由环卫所直接管理",
  });
  await recordProgress(town, cast.wuJie, on("06-12", "08:05"), {
    ...(await drawn(rubbish.problem)),
    note: "外包公司增派早班车 2 台，06:00 前清运完毕",
    measuresDone: [0],
    photos: [],
    stage: "during",
  });
  await declareRectified(town, cast.wuJie, on("06-18", "17:40"), {
    ...(await drawn(rubbish.problem)),
    done: "早晚两班清运，连续一周无积存",
    measuresDone: [0],
    undone: "考核条款等下月续签合同时写入",
    photos: [await photo(town, on("06-18"), "#8fae8f", { problem: rubbish.problem, by: cast.wuJie })],
  });
  await checkRectification(town, cast.fengZheng, on("06-19", "09:12"), {
    ...(await drawn(rubbish.problem)),
    manner: "on_site",
    measuresSeen: [0],
    unseen: "新合同下月签，看了拟写入的条款",
    finding: "两个收集点干净，无异味",
    outcome: "passed",
  });
  const questions = await town.db
    .selectFrom("verification.question")
    .select("id")
    .where("town", "=", town.id)
    .where("problem", "=", rubbish.problem)
    .orderBy("id")
    .execute();
  for (const { id } of questions.slice(0, 4))
    await answerQuestion(town, RESIDENT, on("06-20"), { question: id, solved: "yes", satisfied: "yes", why: "" });
  await postNotice(town, cast.qianWen, on("06-22"), { ...(await drawn(rubbish.problem)) });
  await closeProblem(town, cast.qianWen, on("06-30"), {
    ...(await drawn(rubbish.problem)),
    statement: "两班清运已固定下来，公示期内没有异议",
  });

  // Overdue.
  const window = await open(on("07-10"), {
    title: "办证窗口午间无人，企业跑三趟才办成一件事",
    theme: themes.business,
    village: null,
    reports: reports(on("07-10"), "web", "phone", "enterprise"),
  });
  await assign(
    on("07-10", "11:00"),
    window.problem,
    cast.wangLu.id,
    units.service,
    ["窗口实行午间轮班", "首问负责，一次告知清单上墙"],
    "2026-07-24",
  );
  await recordProgress(town, cast.wangLu, on("07-13"), {
    ...(await drawn(window.problem)),
    note: "午间轮班表已上墙",
    measuresDone: [0],
    photos: [],
    stage: "during",
  });

  // Verified, with a notice that is open.
  const lamps = await open(on("07-06"), { title: "东塘村主路路灯不亮", theme: themes.nature, reports: reports(on("07-06"), "visit") });
  await assign(on("07-06", "10:00"), lamps.problem, cast.sunTian.id, units.rural, ["更换 6 盏路灯"], "2026-07-24");
  await declareRectified(town, cast.sunTian, on("07-20"), {
    ...(await drawn(lamps.problem)),
    done: "6 盏路灯全部更换",
    measuresDone: [0],
    undone: "",
    photos: [await photo(town, on("07-20"), "#30364a", { problem: lamps.problem, by: cast.sunTian })],
  });
  await checkRectification(town, cast.fengZheng, on("07-21"), {
    ...(await drawn(lamps.problem)),
    manner: "on_paper",
    measuresSeen: [0],
    unseen: "",
    finding: "照片与验收单一致",
    outcome: "passed",
  });
  await postNotice(town, cast.qianWen, on("07-27"), { ...(await drawn(lamps.problem)) });

  // Amber, with an extension granted.
  const river = await open(on("07-14"), {
    title: "东塘村河段排污口附近水质连续三日超 III 类",
    theme: themes.nature,
    category: categories.hazard,
    reports: reports(on("07-14"), "sensor"),
  });
  await assign(
    on("07-14", "11:00"),
    river.problem,
    cast.liHe.id,
    units.ecology,
    ["封堵私接管口", "加装在线监测，每日公布读数"],
    "2026-07-21",
  );
  await askExtension(town, cast.liHe, on("07-20"), {
    ...(await drawn(river.problem)),
    newDueOn: "2026-07-28",
    reason: "监测设备 7 月 26 日才能到货",
  });
  await decideExtension(town, cast.qianWen, on("07-21"), {
    ...(await drawn(river.problem)),
    grant: "yes",
    reason: "到货单属实，封堵已完成",
  });

  // Green, and one that nobody answers for yet.
  const accounts = await open(on("07-24"), {
    title: "村务公开栏半年未更新，账目看不清",
    theme: themes.political,
    reports: reports(on("07-24"), "box", "web"),
  });
  await assign(on("07-24", "15:00"), accounts.problem, cast.sunTian.id, units.rural, ["按月公开收支，镇纪委抽查留痕"], "2026-08-14");
  const waiting = await open(on("07-28", "08:00"), {
    title: "西岭村桥头护栏松动",
    village: villages.xiling,
    place: "西岭村桥头",
    category: categories.hazard,
  });
  return { rubbish, window, lamps, river, accounts, waiting };
}

/** A plain picture, sent by an officer for a problem, or come with a resident's report. */
async function photo(
  town: ATown["town"],
  at: Date,
  background: string,
  of: { readonly problem: string; readonly by: Officer } | { readonly report: string },
) {
  const bytes = await sharp({ create: { width: 800, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer();
  if ("problem" in of)
    return (await addPhoto(town, { officer: of.by.id }, at, { bytes, sentFor: { kind: "problem", id: of.problem } })).sha256;
  const { sha256 } = await addPhoto(town, { address: "192.0.2.1" }, at, { bytes, sentFor: { kind: "report", id: of.report } });
  await useFiles(town, RESIDENT, at, { files: [sha256], purpose: "report", subject: of.report });
  return sha256;
}
