import { createHash } from "node:crypto";
import { sql } from "kysely";
import { appendEvent, RESIDENT, SYSTEM, type Happening } from "#audit/append-event";
import { DETECTOR } from "#detector/detector";
import { flagSkippedLookBacks } from "#detector/flag-skipped-look-backs";
import { lookOf } from "#evidence/own-picture";
import { follow } from "#log/follow";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { newId } from "#platform/ids";
import { boxAround } from "#standards/geo/position";
import { addDays, dayOf, startOf, type Day } from "#platform/instant";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { aNotary, asScribe } from "./notary.ts";
import { aPlace, photographed, pick, type Roll } from "./photographed.ts";
import type { ATown } from "./town.ts";

/** A town with 20 villages, two more verifiers and an office that strikes off: enough hands for a thousand closings. */
export type Ground = ATown & {
  readonly roll: Roll;
  readonly notary: Notary;
  readonly village: readonly { readonly id: string; readonly lon: number; readonly lat: number }[];
};

export async function aGround(its: ATown, roll: Roll): Promise<Ground> {
  const village = Array.from({ length: 20 }, () => ({ id: newId(its.at), lon: 114.3 + roll() * 0.15, lat: 27.75 + roll() * 0.13 }));
  const rows = village.map((one, i) => ({
    town: its.town.id,
    ...one,
    name_zh: `第${i + 1}村`,
    name_en: `Village ${i + 1}`,
    added_at: its.at,
  }));
  await its.town.db.insertInto("people.village").values(rows).execute();
  return { ...its, roll, village, notary: aNotary() };
}

/** What happened gets its place in the log, and the detector follows it to the end; then it looks at what time has brought. */
export async function detect({ town, notary }: Ground, at: Date): Promise<void> {
  await nameLog(town, notary, new URL("https://ledger.example"));
  for (let placed: number | null = null; placed !== 0;) placed = await integrateEvents(town, asScribe(notary), at);
  for (let passed: number | null = null; passed !== 0;) passed = await follow(town, at, DETECTOR);
  await flagSkippedLookBacks(town, at);
}

/** The event of an act that is only told here, not done by its command. */
async function happened(town: Town, at: Date, problem: string, what: Pick<Happening, "verb" | "facts">): Promise<void> {
  await appendEvent(town, SYSTEM, at, { ...what, subject: { kind: "problem", id: problem } });
}

type CategoryKey = keyof ATown["categories"];

/** What is wrong, and what somebody who did the work writes about it: clauses that depend on the day, the place and the people. */
const MATTERS: readonly (readonly [CategoryKey, string, readonly string[]])[] = [
  ["complaint", "路灯不亮", ["更换灯泡", "接通断开的电缆", "换了控制箱的空气开关", "重新设定开灯时间", "加固灯杆底座"]],
  ["complaint", "垃圾没人清", ["清走积存垃圾", "增加一辆清运车", "把清运改到早上六点前", "添了两个分类桶", "冲洗地面消毒"]],
  ["complaint", "沟渠堵塞发臭", ["人工清淤", "挖机清出淤泥外运", "修复塌陷的沟壁", "疏通下游涵洞", "装了拦污格栅"]],
  ["complaint", "油烟熏人", ["督促加装净化器", "约定夜里十点收摊", "把风机移到背街", "复测排放达标", "签了承诺书"]],
  ["complaint", "粪污流到路上", ["建了沉淀池", "清洗路面", "拉去还田", "砌了围堰", "限养到规定头数"]],
  ["complaint", "自来水水压不够", ["更换增压泵", "查出漏点三处并修补", "换了锈蚀的支管", "调整了供水时段", "装了压力表"]],
  ["complaint", "夜里唱歌太吵", ["约谈店主", "装了隔音棉", "改到九点收场", "复测噪声达标", "留下值班电话"]],
  ["complaint", "占道摆摊堵车", ["划定摊位", "早晚有人值守", "搬到新集市", "立了禁停牌", "清走废弃货架"]],
  ["complaint", "杂草比人还高", ["割草两遍", "打了除草剂", "铺上碎石", "种了黄杨", "定了每季清一次"]],
  ["complaint", "公厕没有水", ["修好水箱", "换了冲水阀", "每天打扫两次", "补了手纸盒", "通了化粪池"]],
  ["hazard", "护栏松动", ["重新焊接立柱", "更换锈断的横杆", "刷了防锈漆", "立了限载牌", "补浇破损处"]],
  ["hazard", "路面塌陷", ["挖除松动路基", "分层回填压实", "重铺沥青面层", "设了警示锥", "查清暗管渗漏并修好"]],
  ["hazard", "电线垂得太低", ["供电所重新紧线", "增立一根电杆", "清理缠线的树枝", "换了老化的接户线", "测了对地距离"]],
  ["hazard", "山上落石", ["清除危石", "挂了防护网", "挖了截水沟", "立了警示牌", "安排雨天巡查"]],
  ["hazard", "井盖不见了", ["配上新井盖", "加装防坠网", "编号登记", "周边围挡", "查了全村其余井盖"]],
  ["hazard", "老屋快倒", ["劝离住户", "支撑山墙", "拉了警戒线", "请人鉴定", "拆除危墙"]],
  ["hazard", "煤气味很浓", ["关阀检查", "换了软管", "更换减压阀", "逐户安检", "发了安全须知"]],
  ["hazard", "池塘没有围栏", ["装了围栏", "立了深水牌", "放了救生圈", "平整塘埂", "安排人看护"]],
  ["help", "饮水浑浊", ["清洗蓄水池", "更换滤料", "检测合格", "修好消毒设备", "冲洗主管道"]],
  ["help", "补贴没到账", ["核对身份信息", "补办社保卡", "补发三个月", "上门送到手里", "更正系统里的姓名"]],
  ["help", "过马路危险", ["划了斑马线", "装了减速带", "上下学有人值守", "竖了标牌", "修剪遮挡的树"]],
  ["help", "独居老人没人照看", ["安排每天探望", "装了呼叫器", "送餐上门", "结对一名党员", "清扫了屋子"]],
  ["help", "看病拿药太远", ["增设代购点", "医生每周来", "办了慢病证", "配了常用药", "留了转诊电话"]],
  ["help", "孩子没学上", ["联系中心校", "补办转学", "协调了座位", "接送车加一站", "减免了书本费"]],
  ["suggestion", "候车没处躲雨", ["搭了遮雨棚", "加了两张长椅", "贴了时刻表", "平整地面", "装了太阳能灯"]],
  ["suggestion", "健身器材坏了", ["更换坏件", "拧紧螺栓", "铺了缓冲垫", "贴了使用说明", "定了每月巡检"]],
  ["suggestion", "多种几棵树", ["种了二十棵香樟", "包活一年", "接了浇水管", "挂了树牌", "认养到户"]],
  ["suggestion", "开个老年食堂", ["腾出两间房", "请了厨师", "办了许可", "定了饭价", "试开一个月"]],
  ["suggestion", "窗口中午开着", ["排了轮班", "贴出午间电话", "添了自助机", "增加一名人员", "公示办件时间"]],
  ["consultation", "宅基地怎么办", ["讲清所需材料", "帮忙填申请表", "约了实地丈量", "办结后电话告知", "流程贴在窗口"]],
  ["consultation", "医保去哪里交", ["告知缴费办法", "现场帮着缴了", "打印了凭证", "说明了截止日", "发了明白纸"]],
  ["consultation", "土地流转找谁", ["约谈合作社", "看了合同样本", "到现场指界", "登记备案", "解释了租金"]],
];

const WHO = ["环卫所", "村委会", "施工队", "供电所", "水务站", "网格员", "志愿者", "包村干部", "维修班", "应急办"];
const HOW = [
  "现场看过",
  "与反映人一起看了",
  "拍照留存",
  "试用正常",
  "观察三天没有反复",
  "周边住户都说好",
  "按标准验收",
  "用了两个工作日",
  "花了半天时间",
  "费用从村集体支出",
];
const WHERE = [
  "村口",
  "村东头",
  "小学旁",
  "祠堂前",
  "河埠头",
  "晒谷场",
  "老井旁",
  "三组",
  "七组",
  "卫生室",
  "大樟树下",
  "集市里",
  "桥西",
  "水库尾",
  "砖厂后",
  "茶山脚",
  "公路边",
  "戏台前",
  "养老院",
  "供销社",
  "西坡",
  "竹园里",
  "新屋场",
  "油坊巷",
  "渡口",
  "粮站",
  "石板街",
  "上塘",
  "下塘",
  "黄家湾",
  "李家坪",
  "岔路口",
  "加油站",
  "果园",
  "合作社",
  "变电站",
  "牌楼",
  "九组",
  "排灌站",
  "旧车站",
] as const;
const SHORT = ["已修好", "已清理干净", "问题已解决", "已整改到位", "办好了", "已恢复正常", "已疏通", "已更换", "已安装", "已发放"];

export type Closing = {
  readonly problem: string;
  readonly number: string;
  readonly matter: number;
  readonly closedAt: Date;
  readonly dueOn: Day;
};

/** What of a closing is not as an honest one would be. */
export type Made = {
  readonly done?: string;
  readonly statement?: string;
  readonly photos?: { readonly before: Buffer; readonly after: Buffer };
  readonly declaredAt?: Date;
  readonly closedAt?: Date;
  readonly checkedAt?: Date;
  readonly noProgress?: boolean;
  readonly skipsLookBack?: boolean;
  /** No reporter answered. */
  readonly silent?: boolean;
  readonly hand?: { readonly device: string; readonly address: string };
  readonly answeredAt?: Date;
};

let sequence = 0;

/** One problem from its opening to the day it was struck off and looked back at, as honest people do it unless `made` says otherwise. */
export async function aClosing(ground: Ground, openedOn: Day, made: Made = {}): Promise<Closing> {
  const { roll } = ground;
  const matter = Math.floor(roll() * MATTERS.length);
  const days = daysOf(roll, openedOn, made);
  const problem = await opened(ground, matter, days);
  const photos = made.photos ?? (await honestPhotos(roll));
  await keepPhoto(ground, problem.id, "before", photos.before);
  await keepPhoto(ground, problem.id, "after", photos.after);
  const rectification = await worked(ground, problem, days, made);
  await struckOff(ground, problem, rectification, days, made);
  return { problem: problem.id, number: problem.number, matter, closedAt: days.closedAt, dueOn: days.dueOn };
}

type Days = {
  readonly openedOn: Day;
  readonly dueOn: Day;
  readonly doneAfter: number;
  readonly declaredAt: Date;
  readonly checkedAt: Date;
  readonly closedAt: Date;
};

const SPAN = 21;

/** One in seven finishes on the very last day, the others when they are done. */
function daysOf(roll: Roll, openedOn: Day, made: Made): Days {
  const doneAfter = roll() < 1 / 7 ? SPAN : Math.ceil(roll() * SPAN * 0.9);
  const declaredAt = made.declaredAt ?? inOffice(roll, addDays(openedOn, doneAfter));
  const checkedAt = made.checkedAt ?? inOffice(roll, addDays(dayOf(declaredAt), 1 + Math.floor(roll() * 3)));
  const closedAt = made.closedAt ?? inOffice(roll, addDays(dayOf(checkedAt), 8 + Math.floor(roll() * 4)));
  return { openedOn, dueOn: addDays(openedOn, SPAN), doneAfter, declaredAt, checkedAt, closedAt };
}

type Opened = {
  readonly id: string;
  readonly number: string;
  readonly place: string;
  readonly wrong: string;
  readonly clauses: readonly string[];
};

/** The row as it stands at the end: what the rules read of it is what was decided on the way. */
async function opened(ground: Ground, matter: number, { openedOn, dueOn, declaredAt, closedAt }: Days): Promise<Opened> {
  const { roll, town, categories, units, cast } = ground;
  sequence += 1;
  const [category = "complaint", wrong = "", clauses = []] = MATTERS[matter] ?? [];
  const place: string = pick(roll, WHERE);
  const village = pick(roll, ground.village);
  const id = newId(startOf(openedOn));
  const number = `SL-${openedOn.slice(0, 4)}-${String(5000 + sequence).padStart(4, "0")}`;
  const near = { lon: village.lon + (roll() - 0.5) * 0.02, lat: village.lat + (roll() - 0.5) * 0.02 };
  await town.db
    .insertInto("ledger.problem")
    .values({
      town: town.id,
      id,
      number,
      ordinal: Number(openedOn.slice(0, 4)) * 10_000_000 + 5000 + sequence,
      status: "closed",
      title: `${place}${wrong}`,
      place,
      village: village.id,
      ...(roll() < 0.6 ? near : {}),
      category: categories[category],
      measures: [pick(roll, clauses)],
      goal: "办到群众说好为止",
      leaders: [cast.wangLu.id],
      unit: pick(roll, [units.service, units.ecology, units.rural, units.sanitation]),
      due_on: dueOn,
      original_due_on: dueOn,
      amber_on: dueOn,
      assigned_on: openedOn,
      opened_at: startOf(openedOn),
      opened_on: openedOn,
      rectified_on: dayOf(declaredAt),
      closed_on: dayOf(closedAt),
      search: sql`''::tsvector`,
    })
    .execute();
  return { id, number, place, wrong, clauses };
}

/** Most write a note on the way; in the end it is declared done. */
async function worked(ground: Ground, problem: Opened, { openedOn, doneAfter, declaredAt }: Days, made: Made): Promise<string> {
  const { roll, town, cast } = ground;
  const has = { town: town.id, problem: problem.id };
  if (made.noProgress !== true && roll() < 0.95) {
    const at = inOffice(roll, addDays(openedOn, Math.max(1, Math.floor(doneAfter / 2))));
    await town.db
      .insertInto("ledger.progress")
      .values({ ...has, id: newId(at), note: "正在办", recorded_by: cast.wuJie.id, recorded_at: at })
      .execute();
  }
  const id = newId(declaredAt);
  const done = made.done ?? whatWasDone(roll, problem.clauses, problem.place);
  await town.db
    .insertInto("ledger.rectification")
    .values({ ...has, id, done, declared_by: cast.wuJie.id, declared_at: declaredAt })
    .execute();
  await happened(town, declaredAt, problem.id, { verb: "problem.rectified", facts: { rectification: id } });
  return id;
}

/** Checked on site, its reporter asked, struck off, and looked at again a month later. */
async function struckOff(ground: Ground, problem: Opened, rectification: string, days: Days, made: Made): Promise<void> {
  const { roll, town, cast } = ground;
  const { checkedAt, closedAt } = days;
  const has = { town: town.id, problem: problem.id };
  const check = newId(checkedAt);
  const by = { checked_by: cast.fengZheng.id, checked_at: checkedAt };
  await town.db
    .insertInto("verification.check")
    .values({ ...has, id: check, rectification, manner: "on_site", finding: "看过", outcome: "passed", ...by })
    .execute();
  await happened(town, checkedAt, problem.id, { verb: "check.passed", facts: { check } });
  const answeredAt = made.answeredAt ?? inOffice(roll, addDays(dayOf(checkedAt), 1 + Math.floor(roll() * 6)));
  if (made.silent !== true) await answered(ground, problem.id, check, answeredAt, made.hand);
  const own = `${problem.place}${problem.wrong}已办结，${pick(roll, HOW)}，予以销号。`;
  const statement = made.statement ?? (roll() < 0.8 ? "经复核通过，公示期内无异议，予以销号。" : own);
  const closing = newId(closedAt);
  await town.db
    .insertInto("verification.closing")
    .values({ ...has, id: closing, check, statement, closed_by: cast.qianWen.id, closed_at: closedAt })
    .execute();
  await lookedBack(ground, problem.id, closing, closedAt, made.skipsLookBack === true);
  await happened(town, closedAt, problem.id, { verb: "problem.closed", facts: { closing } });
}

async function honestPhotos(roll: Roll) {
  const place = aPlace(roll);
  return { before: await photographed(roll, place, "before"), after: await photographed(roll, place, "after") };
}

/** Between half past eight and half past five. */
function inOffice(roll: Roll, day: Day): Date {
  return new Date(startOf(day).getTime() + (8.5 + roll() * 9) * 3_600_000);
}

function whatWasDone(roll: Roll, clauses: readonly string[], place: string): string {
  if (roll() < 0.05) return pick(roll, SHORT);
  const [first, second] = [pick(roll, clauses), pick(roll, clauses)];
  const work = first === second ? first : `${first}，${second}`;
  const ways = [
    `${pick(roll, WHO)}到${place}${work}，${pick(roll, HOW)}。`,
    `${work}。${pick(roll, WHO)}${1 + Math.floor(roll() * 6)}人参加，${pick(roll, HOW)}。`,
    `${1 + Math.floor(roll() * 28)}日组织${pick(roll, WHO)}${work}，${pick(roll, HOW)}，${pick(roll, HOW)}。`,
    `${place}一处，共${1 + Math.floor(roll() * 40)}米，${work}；${pick(roll, WHO)}负责今后管护。`,
  ];
  return pick(roll, ways);
}

/** A photo kept as far as the tables know; the same bytes are the same file. */
async function keepPhoto({ town, at, cast }: Ground, problem: string, stage: "before" | "after", bytes: Buffer): Promise<void> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await town.db
    .insertInto("evidence.file")
    .values({ town: town.id, sha256, media_type: "image/jpeg", bytes: bytes.length, look: await lookOf(bytes), added_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await town.db
    .insertInto("evidence.use")
    .values({
      town: town.id,
      id: newId(at),
      file: sha256,
      purpose: stage,
      subject: problem,
      actor_kind: "officer",
      actor: cast.wuJie.id,
      used_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Seven of ten reporters answer, each from their own telephone, through one of a few hundred addresses that carriers share out. */
async function answered({ town, roll }: Ground, problem: string, check: string, at: Date, hand: Made["hand"]): Promise<void> {
  if (hand === undefined && roll() > 0.7) return;
  const question = newId(at);
  const from = hand ?? { device: `device ${roll()}`, address: `address ${Math.floor(roll() * 300)}` };
  await town.db
    .insertInto("verification.question")
    .values({
      town: town.id,
      id: question,
      problem,
      report: newId(at),
      check,
      asked_at: at,
      open_until: new Date(at.getTime() + 7 * 86_400_000),
    })
    .execute();
  const solved = hand !== undefined || roll() < 0.92;
  await town.db
    .insertInto("verification.answer")
    .values({
      town: town.id,
      question,
      problem,
      solved,
      satisfied: solved,
      answered_at: at,
      device: createHash("sha256").update(from.device).digest(),
      address: createHash("sha256").update(from.address).digest(),
    })
    .execute();
  await happened(town, at, problem, { verb: "answer.given", facts: { question } });
}

async function lookedBack({ town, cast, roll }: Ground, problem: string, closing: string, closedAt: Date, skips: boolean): Promise<void> {
  const due_on = addDays(dayOf(closedAt), 30);
  const done_at = inOffice(roll, addDays(due_on, Math.floor(roll() * 5)));
  const done = skips ? {} : ({ outcome: "held", finding: "没有反复", done_by: cast.fengZheng.id, done_at } as const);
  await town.db
    .insertInto("verification.look_back")
    .values({ town: town.id, id: newId(closedAt), problem, closing, due_on, ...done })
    .execute();
}

/** A report nobody need have made: about anything, anywhere in the town. */
export async function aReportAbout(
  ground: Ground,
  at: Date,
  what?: { readonly closing: Closing; readonly title: string; readonly metres: number | null },
): Promise<void> {
  const { town, roll, categories } = ground;
  const [category, wrong] = pick(roll, MATTERS);
  const village = pick(roll, ground.village);
  const own =
    what === undefined
      ? null
      : await town.db.selectFrom("ledger.problem").selectAll().where("id", "=", what.closing.problem).executeTakeFirstOrThrow();
  const [lon, lat] = own === null ? [village.lon + (roll() - 0.5) * 0.02, village.lat + (roll() - 0.5) * 0.02] : [own.lon, own.lat];
  const moved = what?.metres ?? 0;
  const id = newId(at);
  await town.db
    .insertInto("intake.report")
    .values({
      town: town.id,
      id,
      channel: "web",
      status: "received",
      category: own?.category ?? categories[category],
      title: what?.title ?? `${pick(roll, WHERE)}${wrong}`,
      village: own === null ? village.id : what?.metres === null ? own.village : null,
      ...(lon === null || lat === null || what?.metres === null ? {} : { lon, lat: boxAround({ lon, lat }, moved).north }),
      received_at: at,
      receipt_hash: createHash("sha256").update(newId(at)).digest(),
    })
    .execute();
  await appendEvent(town, RESIDENT, at, { verb: "report.received", subject: { kind: "report", id } });
}
