import type { Story } from "#demo/stage";
import { added, alsoTold, opened, passedOn, saidMeToo, told, wordsRead, wroteBack } from "#demo/steps/reports";
import { assigned, extensionAsked, extensionGranted, handedOver, progressed, reminded, suspended } from "#demo/steps/work";

export const IRRIGATION_DITCH: Story = [
  told(-39, "08:40", { channel: "visit", title: "西岭村老水渠年年漏，田里浇不上水", category: "complaint", village: "xiling" }),
  opened(-38, "10:00", {
    title: "西岭村灌溉水渠漏水，下游六十亩田浇不上水",
    details: "老渠建于多年前，约四百米渠壁开裂。",
    category: "complaint",
    theme: "development",
    village: "xiling",
    place: "西岭村三组水渠",
    scene: "ditch",
  }),
  assigned(-37, "09:20", {
    category: "complaint",
    leaders: ["lihe"],
    unit: "rural",
    measures: ["四百米渠壁防渗", "加设三处分水闸"],
    goal: "下游六十亩田按轮次浇上水",
    due: -19,
  }),
  ...suspended(-31, "15:00", "lihe", 25, "正值灌溉期，断水施工会误农时；等秋灌结束后开工，施工队和材料已定。", "理由充分，按期恢复。"),
];

/** SL-2026-0007 of the drawn pages: overdue by three days. */
export const SERVICE_WINDOW: Story = [
  told(-28, "12:40", { channel: "enterprise", title: "中午去办证没有人，白跑一趟", village: "yuanqu" }),
  told(-27, "13:05", { channel: "web", title: "窗口午休两小时，上班的人没法办事", village: "chengnan" }),
  told(-27, "15:30", { channel: "phone", title: "材料一次说不清，跑了三趟", village: "yuanqu", name: "赵某", phone: "13800000103" }),
  told(-26, "09:10", { channel: "meeting", title: "企业座谈会：办证窗口要有人值午班", village: "yuanqu" }),
  told(-26, "09:20", { channel: "meeting", title: "企业座谈会：希望一次告知", village: "yuanqu" }),
  told(-25, "12:20", { channel: "web", title: "午间窗口无人，排队的人只能干等", village: "chengnan" }),
  told(-25, "16:00", { channel: "box", title: "建议窗口中午轮班", village: "chengnan" }),
  opened(-24, "10:20", {
    title: "办证窗口午间无人，企业跑三趟才办成一件事",
    details: "十二点到十四点窗口无人值守；所需材料没有一次说清。",
    category: "complaint",
    theme: "business",
    village: "chengnan",
    place: "便民服务中心一楼",
    scene: "window",
  }),
  ...alsoTold(-22, "12:30", { channel: "web", title: "今天中午又没人", village: "chengnan" }),
  ...alsoTold(-21, "10:00", { channel: "phone", title: "开店手续跑了三次", village: "yuanqu" }),
  assigned(-19, "09:00", {
    category: "complaint",
    leaders: ["wanglu"],
    unit: "service",
    measures: ["窗口实行午间轮班", "首问负责", "一次告知清单上墙"],
    goal: "午间随到随办，一次告知率百分之百",
    due: -3,
  }),
  ...saidMeToo(-15, "12:15", 6),
  progressed(-11, "16:50", "chenban", "一次告知清单编好二十三项，正在制作上墙。", [2]),
  reminded(-5, "09:00", "还有两天到期，午间轮班表请本周排出。"),
  ...saidMeToo(-2, "12:20", 3),
];

/** An extension was asked and granted; many neighbours have it too. */
export const MAIN_STREET_LAMPS: Story = [
  told(-23, "20:10", { channel: "web", title: "东塘村主路路灯不亮", village: "dongtang", place: "东塘村主路", scene: "lamp" }),
  told(-22, "07:50", { channel: "phone", title: "东塘路灯坏了半个月", village: "dongtang" }),
  opened(-22, "11:00", {
    title: "东塘村主路路灯不亮，老人夜里不敢出门",
    details: "主路三十二盏灯中有十九盏不亮，线路老化。",
    category: "complaint",
    theme: "development",
    village: "dongtang",
    place: "东塘村主路",
  }),
  assigned(-20, "09:00", {
    category: "complaint",
    leaders: ["gaoqiao"],
    unit: "building",
    measures: ["更换老化线路一千二百米", "更换灯具十九盏"],
    goal: "三十二盏灯全部点亮",
    due: -2,
  }),
  ...saidMeToo(-16, "19:00", 9),
  added(-11, "19:40", 0, "昨晚小桥那一段还是黑的。"),
  wordsRead(-10, "08:40", 0),
  progressed(-10, "15:30", "xulu", "线路已换七百米，先亮了八盏。", []),
  extensionAsked(-6, "10:00", "xulu", 8, "电缆到货晚一周，剩余五百米需等材料。"),
  extensionGranted(-5, "14:20", "供货单已核，确属到货延误，同意延期，每天公布亮灯数。"),
  progressed(-3, "17:10", "xulu", "电缆到货，已亮十四盏。", [0]),
  ...saidMeToo(-1, "18:30", 5),
];

/** SL-2026-0011 of the drawn pages: two days left, an extension waits for its decision. */
export const RIVER_OUTLET: Story = [
  told(-15, "06:00", {
    channel: "sensor",
    title: "东塘断面氨氮连续三日超过III类",
    details: "监测仪读数：1.42、1.37、1.51 毫克每升。",
    village: "dongtang",
    place: "东塘村河段",
  }),
  opened(-14, "09:10", {
    title: "东塘村河段排污口附近水质连续三日超III类",
    details: "监测仪连续三日氨氮超标，沿岸查见私接管口两处。",
    category: "complaint",
    theme: "nature",
    village: "dongtang",
    place: "东塘村河段",
    scene: "river",
  }),
  assigned(-13, "09:00", {
    category: "complaint",
    leaders: ["lihe", "suntian"],
    unit: "ecology",
    measures: ["封堵私接管口", "加装在线监测", "每日公布读数"],
    goal: "连续七日达到III类",
    due: 2,
  }),
  progressed(-11, "16:30", "lincheng", "两处私接管口已封堵，责令整改一家。", [0], ["river", "during"]),
  progressed(-7, "10:00", "lincheng", "在线监测仪安装调试完成。", [1]),
  progressed(-4, "09:00", "lincheng", "每日读数已在村口和网上公布，氨氮降到1.08。", [2]),
  extensionAsked(-1, "16:40", "lihe", 9, "水质需连续七日达标才算数，现已三日达标，差四日。"),
];

/** SL-2026-0014 of the drawn pages: assigned, four reports, one note of progress. */
export const VILLAGE_ACCOUNTS: Story = [
  told(-5, "19:20", { channel: "box", title: "村务公开栏半年没换过", category: "complaint", village: "nanping" }),
  told(-5, "20:00", { channel: "web", title: "村里的账看不懂也看不清", village: "nanping" }),
  told(-4, "09:30", { channel: "visit", title: "希望每月公开收支", village: "nanping" }),
  told(-4, "15:10", { channel: "phone", title: "公开栏上还是去年的", village: "nanping" }),
  opened(-3, "10:00", {
    title: "村务公开栏半年未更新，账目看不清",
    details: "南坪村公开栏内容停留在半年前，收支只有合计没有明细。",
    category: "complaint",
    theme: "political",
    village: "nanping",
    place: "南坪村委会门前",
    scene: "board",
  }),
  added(-2, "20:15", 1, "今天去看了，公开栏还是老样子，钥匙在村会计手里。"),
  passedOn(-1, "09:05", 1, "反映人说，公开栏还没有换，钥匙在村会计手里。"),
  wroteBack(-1, "09:20", 1, "已转给承办的同志。上半年的收支明细这周先贴出来。"),
  assigned(0, "08:30", {
    category: "complaint",
    leaders: ["zhouzhang"],
    unit: "accounts",
    measures: ["按月公开收支", "镇纪委抽查留痕"],
    goal: "每月五日前公开上月明细",
    due: 21,
  }),
  progressed(0, "08:50", "zhouzhang", "已通知各村按新格式整理上半年明细。", []),
];

export const FACTORY_POWER: Story = [
  told(-4, "10:00", { channel: "enterprise", title: "新材料公司用电增容排队太久", category: "enterprise-need", village: "yuanqu" }),
  opened(-3, "14:30", {
    title: "某新材料公司用电增容申请一个月无进展",
    details: "企业新线投产需增容八百千伏安，手续在两个部门之间往返。",
    category: "enterprise-need",
    theme: "business",
    village: "yuanqu",
    scene: "power",
  }),
  assigned(-2, "09:00", {
    category: "enterprise-need",
    leaders: ["zhengshang"],
    unit: "enterprise",
    measures: ["一人全程代办", "每三天向企业通报一次"],
    goal: "增容送电",
    due: 9,
  }),
  progressed(-1, "17:30", "zhengshang", "代办员已到供电所对接，缺的一份图纸当天补齐。", []),
];

export const SCHOOL_BUS: Story = [
  told(-3, "18:00", { channel: "web", title: "北渠村孩子上学没有班车", category: "suggestion", village: "beiqu" }),
  opened(-2, "10:40", {
    title: "北渠村二十多个孩子上学没有班车",
    details: "最近的站点两公里外。",
    category: "suggestion",
    theme: "development",
    village: "beiqu",
    scene: "school-mirrored",
  }),
  assigned(-2, "15:00", {
    category: "suggestion",
    leaders: ["wanglu"],
    unit: "service",
    measures: ["核实人数和时间", "与客运公司商定线路"],
    goal: "开学前开通一条线路",
    due: 6,
  }),
  added(-1, "07:20", 0, "我们村又有三户要坐车，一共二十六个孩子。"),
  handedOver(-1, "10:00", ["gaoqiao"], "building", "线路和站点由村建所统一规划，移交高桥负责，原措施不变。"),
];

export const WELL_COVER: Story = [
  told(-1, "17:40", {
    channel: "phone",
    title: "北渠村路口井盖松动",
    details: "车一压就翻，怕有人掉下去。",
    category: "hazard",
    village: "beiqu",
  }),
  opened(-1, "18:10", {
    title: "北渠村路口井盖松动，车压会翻",
    details: "已先放警示锥，待交办更换。",
    category: "hazard",
    theme: "development",
    village: "beiqu",
    place: "北渠村口",
  }),
];
