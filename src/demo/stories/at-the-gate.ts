import type { Story } from "#demo/stage";
import { answered, checked, noticed, objected } from "#demo/steps/gate";
import { opened, told } from "#demo/steps/reports";
import { assigned, progressed, rectified } from "#demo/steps/work";

/** Notice running, and somebody objects. */
export const PARK_ROAD: Story = [
  told(-24, "18:30", { channel: "enterprise", title: "园区东路坑太大，货车颠坏货", village: "yuanqu", place: "园区东路", scene: "road" }),
  opened(-23, "09:30", {
    title: "园区东路坑洼严重，货车进出颠簸",
    details: "园区东路约六百米路面破损，雨后积水。",
    category: "complaint",
    theme: "business",
    village: "yuanqu",
    place: "园区东路",
  }),
  assigned(-22, "10:00", {
    category: "complaint",
    leaders: ["gaoqiao"],
    unit: "building",
    measures: ["铣刨重铺六百米", "疏通两侧边沟"],
    goal: "路面平整，雨后不积水",
    due: -4,
  }),
  progressed(-15, "17:00", "xulu", "完成铣刨，铺底层四百米。", [], ["road", "during"]),
  rectified(-9, "16:40", "xulu", "六百米面层完成，边沟疏通，已开放通行。", "road"),
  checked(-8, "10:30", "fangshi", "passed", "实测六百米，平整度合格，浇水试验无积水。"),
  ...answered(-7, "20:00", { report: 0, solved: "yes", satisfied: "yes", why: "路好走了。" }),
  noticed(-2, "09:00"),
  objected(-1, "19:40", "路是好了，但南侧边沟有一段二十米没有通，下雨水会倒灌进门店。"),
];

/** The check passed, but the reporter says it is not solved: the town must honour it or answer in public. */
export const MARKET_TOILET: Story = [
  told(-22, "10:40", { channel: "web", title: "农贸市场公厕漏水，又脏又滑", village: "chengnan", place: "农贸市场", scene: "toilet" }),
  told(-22, "14:05", { channel: "phone", title: "公厕地上全是水", village: "chengnan", name: "金某", phone: "13800000110" }),
  opened(-21, "15:10", {
    title: "农贸市场公厕漏水积水，地面湿滑",
    details: "屋面和上水管漏水，门前积水。",
    category: "complaint",
    theme: "development",
    village: "chengnan",
    place: "农贸市场",
  }),
  assigned(-20, "10:30", {
    category: "complaint",
    leaders: ["wujie"],
    unit: "sanitation",
    measures: ["屋面防水", "更换水管", "每天保洁三次"],
    goal: "不漏水、不积水、有人保洁",
    due: -2,
  }),
  progressed(-13, "16:00", "wujie", "水管换好，屋面防水完成一半。", [1], ["toilet", "during"]),
  rectified(-8, "17:00", "wujie", "屋面防水完成，门前地面重新找坡，保洁排班上墙。", "toilet"),
  checked(-7, "09:30", "fengzheng", "passed", "现场查看不漏水，保洁记录完整。"),
  noticed(-7, "10:10"),
  ...answered(-5, "11:00", { report: 0, solved: "no", satisfied: "no", why: "女厕第二个蹲位还在渗水，晚上没有保洁。" }),
];

/** Declared rectified, waiting for its check. */
export const SQUARE_LAMPS: Story = [
  told(-14, "21:00", { channel: "visit", title: "西岭村广场晚上没有灯", village: "xiling", name: "严某", phone: "13800000109" }),
  opened(-13, "10:30", {
    title: "西岭村文化广场晚上没有灯",
    details: "广场四盏庭院灯全部不亮。",
    category: "complaint",
    theme: "development",
    village: "xiling",
    place: "西岭村文化广场",
    scene: "lamp-mirrored",
  }),
  assigned(-12, "09:10", {
    category: "complaint",
    leaders: ["gaoqiao"],
    unit: "building",
    measures: ["更换四盏庭院灯", "接入村级电表", "灯杆上贴明坏了找谁"],
    goal: "每晚七点到十点亮灯",
    due: 5,
  }),
  progressed(-6, "15:00", "xulu", "电表接好，灯具到货。", [1]),
  progressed(-2, "17:30", "xulu", "四盏灯换好，通电试过。", [0, 1]),
  rectified(-1, "20:10", "xulu", "四盏灯全部点亮，已定时七点开、十点关。", "lamp-mirrored", "联系牌周一印好，当天贴上灯杆。"),
];

/** Verified, everybody asked and two of them still to be called, the notice running. */
export const NANPING_DUMP: Story = [
  told(-13, "08:20", { channel: "web", title: "南坪村口又堆起垃圾", village: "nanping", place: "南坪村口" }),
  told(-13, "09:00", { channel: "phone", title: "村口垃圾没人清", village: "nanping", name: "何某", phone: "13800000106" }),
  told(-13, "10:20", { channel: "phone", title: "南坪进村路口臭得很", village: "nanping", name: "吕某", phone: "13800000107" }),
  told(-12, "08:10", { channel: "visit", title: "村口垃圾引来野狗", village: "nanping", name: "施某", phone: "13800000108" }),
  opened(-12, "14:20", {
    title: "南坪村口成了垃圾堆放点",
    details: "村口空地自发形成堆放点，约二十平方米。",
    category: "complaint",
    theme: "nature",
    village: "nanping",
    place: "南坪村口",
    scene: "street-mirrored",
  }),
  assigned(-11, "09:50", {
    category: "complaint",
    leaders: ["wujie"],
    unit: "sanitation",
    measures: ["清除堆放点", "空地种花", "设桶两只"],
    goal: "堆放点消除，不再新增",
    due: 6,
  }),
  progressed(-8, "11:00", "wujie", "出动铲车清运四车。", [0]),
  rectified(-5, "16:20", "wujie", "空地平整种花，设垃圾桶两只，纳入每日清运。", "street-mirrored"),
  checked(-4, "10:10", "fangshi", "passed", "现场干净，桶已纳入清运路线。"),
  ...answered(-3, "12:30", { report: 0, solved: "yes", satisfied: "yes", why: "种的花很好看。" }, { report: 1, solved: "yes" }),
  noticed(-1, "09:00"),
];
