import type { Story } from "#demo/stage";
import { answered, checked, closed, lookedBack, noticed, overruled } from "#demo/steps/gate";
import { opened, told } from "#demo/steps/reports";
import { assigned, dismissed, progressed, rectified } from "#demo/steps/work";

/** Came back after closing and was closed a second time: the relapse stays visible. */
export const FLOATING_RUBBISH: Story = [
  told(-113, "19:20", {
    channel: "web",
    title: "北干渠漂着好多垃圾，捞了又有",
    details: "尤其下雨以后，塑料瓶和泡沫板堵在桥洞口。",
    village: "beiqu",
    place: "北渠村二组桥洞",
  }),
  told(-113, "20:05", { channel: "phone", title: "北渠桥洞下面漂浮垃圾没人管", village: "beiqu", name: "张某", phone: "13800000101" }),
  opened(-112, "10:10", {
    title: "北干渠漂浮垃圾反复出现，雨后堵住桥洞",
    details: "北渠村二组桥洞上游约三百米，雨后塑料瓶、泡沫板聚集，水流不畅。",
    category: "complaint",
    theme: "nature",
    village: "beiqu",
    place: "北渠村二组桥洞",
    scene: "creek",
  }),
  assigned(-111, "09:30", {
    category: "complaint",
    leaders: ["suntian"],
    unit: "ecology",
    measures: ["雨后二十四小时内打捞", "桥洞上游设拦污网"],
    goal: "桥洞上下游五百米无漂浮垃圾",
    due: -93,
  }),
  progressed(-106, "15:40", "lincheng", "组织打捞两次，清出垃圾约一吨半。", [0], ["creek", "during"]),
  rectified(-99, "16:30", "lincheng", "拦污网装好，渠段每周巡查一次。", "creek"),
  checked(-98, "10:00", "fengzheng", "passed", "沿渠走了八百米，水面干净，拦污网牢固。"),
  ...answered(
    -97,
    "12:10",
    { report: 0, solved: "yes", satisfied: "yes", why: "现在看着清爽了。" },
    { report: 1, solved: "yes", satisfied: "yes" },
  ),
  noticed(-97, "17:00"),
  closed(-80, "09:20", "渠面清洁，公示期内无异议，销号。"),
  lookedBack(-48, "14:30", "relapsed", "连续大雨后拦污网破损，桥洞口再次堆积垃圾。"),
  progressed(-45, "11:00", "lincheng", "更换加密钢丝网，改为每周巡查两次，雨后当天打捞。", [0, 1]),
  rectified(-40, "16:00", "lincheng", "新网经两场大雨检验，未再堆积；巡查表上墙公示。", "creek-mirrored"),
  checked(-39, "09:40", "fangshi", "passed", "雨后第二天到场查看，桥洞通畅。"),
  ...answered(
    -38,
    "18:20",
    { report: 0, solved: "yes", satisfied: "yes" },
    { report: 1, solved: "yes", satisfied: "no", why: "解决了，就是返工一次，慢了点。" },
  ),
  noticed(-38, "18:45"),
  closed(-19, "09:30", "反弹后已换网并加密巡查，两次雨后检查合格，再次销号。"),
];

/** Failed its first check, passed the second, held at the look-back. */
export const SCHOOL_GATE: Story = [
  told(-101, "07:50", {
    channel: "web",
    title: "镇中心小学门口早晚堵成一锅粥",
    details: "车停到斑马线上，孩子在车缝里钻。",
    village: "chengnan",
    place: "镇中心小学正门",
  }),
  told(-101, "17:10", { channel: "meeting", title: "小学门口接送时段太乱", category: "complaint", village: "chengnan" }),
  opened(-100, "14:00", {
    title: "镇中心小学门口接送时段拥堵，车辆占用斑马线",
    details: "早七点半到八点、下午四点半到五点，校门前五十米车辆随意停放。",
    category: "complaint",
    theme: "development",
    village: "chengnan",
    place: "镇中心小学正门",
    scene: "school",
  }),
  assigned(-99, "09:00", {
    category: "complaint",
    leaders: ["gaoqiao"],
    unit: "building",
    measures: ["划设接送区和斑马线", "错峰放学", "早晚安排值守"],
    goal: "接送时段斑马线无车停放，通行不超过五分钟",
    due: -81,
  }),
  progressed(-94, "16:20", "xulu", "完成标线施划，与学校商定分年级错峰十五分钟。", [0, 1]),
  rectified(-91, "17:00", "xulu", "标线完成，值守到位。", "school"),
  checked(-90, "07:40", "fengzheng", "failed", "早高峰仍有三辆车停在斑马线上，值守人员七点五十才到。", [0, 1]),
  progressed(-88, "10:00", "xulu", "值守提前到七点二十，增设隔离柱八根。", [2]),
  rectified(-86, "17:20", "xulu", "隔离柱装好，值守按新时间连续三天到岗。", "school-mirrored"),
  checked(-85, "07:35", "fengzheng", "passed", "连看两个早晚，斑马线无车停放。"),
  ...answered(-84, "19:00", { report: 0, solved: "yes", satisfied: "yes", why: "孩子走路安全多了。" }),
  noticed(-84, "19:30"),
  closed(-68, "10:00", "二次复核合格，公示无异议，销号。"),
  lookedBack(-36, "07:40", "held", "不打招呼查看两次，秩序良好。"),
];

const SOUTH_SIDE: readonly (readonly [number, string, "phone" | "visit" | "web", string])[] = [
  [-50, "07:30", "phone", "城南巷子垃圾桶满了三天没人收"],
  [-50, "08:15", "phone", "垃圾站味道太大，窗户不敢开"],
  [-49, "09:00", "visit", "老人说垃圾车好几天来一次"],
  [-49, "10:20", "visit", "城南菜场后门垃圾堆到路上"],
  [-49, "11:05", "visit", "楼下垃圾桶招苍蝇"],
  [-48, "06:50", "phone", "天热，垃圾清运太慢"],
  [-48, "07:20", "phone", "清运车早上不来，中午才来，臭一上午"],
  [-48, "18:40", "web", "城南片区垃圾清运不及时"],
  [-47, "07:10", "phone", "又没收垃圾"],
  [-47, "08:00", "phone", "希望早点收垃圾"],
  [-47, "20:10", "web", "夏天味道实在受不了，请增加清运"],
  [-46, "07:00", "phone", "垃圾桶不够用"],
];

/** SL-2026-0003 of the drawn pages: twelve reports, eleven satisfied, closed six days early. */
export const SOUTH_SIDE_RUBBISH: Story = [
  ...SOUTH_SIDE.map(([day, time, channel, title]) => told(day, time, { channel, title, village: "chengnan" })),
  opened(-46, "15:02", {
    title: "城南片区垃圾清运不及时，夏天气味大",
    details: "城南社区三条巷子每天只清运一次，桶满后堆放在路边，气味扰民。",
    category: "complaint",
    theme: "nature",
    village: "chengnan",
    place: "城南社区一至三巷",
    scene: "street",
  }),
  assigned(-45, "10:30", {
    category: "complaint",
    leaders: ["wujie"],
    unit: "sanitation",
    measures: ["外包公司增加早班清运", "考核与付款挂钩", "增设垃圾桶二十只"],
    goal: "每天六点前清运完毕，桶不外溢",
    due: -27,
  }),
  progressed(-38, "08:05", "wujie", "外包公司增派早班车2台，06:00前清运完毕。", [0], ["street", "during"]),
  progressed(-35, "16:00", "wujie", "补充协议已签：漏收一次扣款二百元，按月公布。", [1]),
  rectified(-33, "17:40", "wujie", "早班清运连续七天达标，新增垃圾桶二十只全部到位。", "street"),
  checked(-32, "09:12", "fengzheng", "passed", "六点十分到场，三条巷子已清运完毕，地面无积存。"),
  ...answered(
    -32,
    "10:00",
    ...SOUTH_SIDE.map((_, report) => ({
      report,
      solved: "yes" as const,
      satisfied: report === 8 ? ("no" as const) : ("yes" as const),
      why: report === 8 ? "是收了，但来得太早，有点吵。" : "",
    })),
  ),
  noticed(-32, "17:30"),
  closed(-14, "09:12", "现场复核通过，十二位反映人全部答复已解决，公示期内无异议，销号。"),
];

export const SUBSISTENCE_ALLOWANCE: Story = [
  told(-45, "21:30", {
    channel: "letter",
    title: "反映南坪村低保评定走过场",
    details: "听说有人没有开会就评上了。",
    category: "complaint",
    village: "nanping",
  }),
  opened(-44, "09:00", {
    title: "反映南坪村低保评定未按程序开会评议",
    details: "来信反映评议会未召开。镇纪委已调取会议记录、签到表和公示照片。",
    category: "complaint",
    theme: "political",
    village: "nanping",
  }),
  ...dismissed(
    -41,
    "16:00",
    "untrue",
    "调取评议会记录、签到表、公示照片，并走访七户，程序完整，所反映情况不属实。",
    "材料齐全，走访记录可查，同意。",
  ),
];

/** One reporter says no; the office overrules with a reason everybody can read. */
export const NIGHT_MARKET: Story = [
  told(-42, "21:50", {
    channel: "web",
    title: "夜市油烟直往楼上灌",
    details: "晚上八点到十二点，住三楼不敢开窗。",
    village: "chengnan",
    place: "主街夜市",
  }),
  told(-41, "22:10", { channel: "phone", title: "主街烧烤摊油烟太大", village: "chengnan", name: "刘某", phone: "13800000102" }),
  told(-41, "22:40", { channel: "web", title: "夜市收摊太晚", village: "chengnan" }),
  opened(-40, "11:20", {
    title: "主街夜市油烟直排，周边住户不敢开窗",
    details: "夜市十八个烧烤、煎炸摊位无油烟净化设备。",
    category: "complaint",
    theme: "nature",
    village: "chengnan",
    place: "主街夜市",
    scene: "market",
  }),
  assigned(-39, "09:40", {
    category: "complaint",
    leaders: ["lihe", "wujie"],
    unit: "ecology",
    measures: ["摊位统一安装净化罩", "晚十一点收摊", "每周清洗并公示"],
    goal: "十八个摊位全部净化排放",
    due: -21,
  }),
  progressed(-33, "20:30", "lincheng", "十一个摊位已装净化罩，其余本周内装完。", [0], ["market", "during"]),
  rectified(-28, "21:10", "lincheng", "十八个摊位全部装好，十一点收摊已执行一周。", "market"),
  checked(-27, "21:30", "fengzheng", "passed", "夜间到场，逐摊查看净化罩运行，二十三点前全部收摊。"),
  ...answered(
    -26,
    "09:00",
    { report: 0, solved: "yes", satisfied: "yes" },
    { report: 1, solved: "yes", satisfied: "yes", why: "好多了。" },
    { report: 2, solved: "no", satisfied: "no", why: "应该九点就收摊。" },
  ),
  noticed(-26, "17:20"),
  overruled(-20, "10:00", 2, "收摊时间经居民议事会表决定为二十三点，现场复核已按时收摊；提前到九点的建议已转下一次议事会。"),
  closed(-9, "09:40", "净化设备全部运行，收摊时间按议事会决定执行，销号。"),
];
