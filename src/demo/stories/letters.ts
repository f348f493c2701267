import type { Story } from "#demo/stage";
import { declined, referred, replied, told, withdrawn } from "#demo/steps/reports";

/** Reports that became no problem, and those that wait in the inbox. */
export const LETTERS: readonly Story[] = [
  [
    told(-20, "09:40", { channel: "phone", title: "社保卡丢了在哪里补办", category: "consultation", village: "dongtang" }),
    replied(-20, "10:05", "带身份证到便民服务中心3号窗口，当场可办；也可以让家人代办，需带两人的身份证。"),
  ],
  [
    told(-17, "14:00", { channel: "web", title: "周末能不能办营业执照", category: "consultation", village: "yuanqu" }),
    replied(-16, "09:10", "周六上午有人值班。网上提交的，周一上午办结。"),
  ],
  [
    told(-16, "16:20", { channel: "web", title: "国道边的限速牌被树挡住了", category: "hazard", place: "国道示例镇段" }),
    referred(-15, "09:30", "县公路事业发展中心", "国道由县公路事业发展中心养护，已把照片和位置一并转去，电话问过，三天内派人。"),
  ],
  [
    told(-11, "22:10", { channel: "web", title: "请帮我查一下邻居家有多少存款", category: "help" }),
    declined(-10, "09:00", "这是别人的隐私，镇里无权也不会去查。若有借款纠纷，可到司法所免费调解。"),
  ],
  [
    told(-8, "11:30", { channel: "web", title: "家门口电线垂下来了", category: "hazard", village: "xiling" }),
    withdrawn(-8, "15:00", "供电所刚来修好了。"),
  ],
  [
    told(-6, "10:00", {
      channel: "letter",
      title: "南坪村机耕路被占去一半",
      details: "占路堆放砖瓦，收割机过不去。",
      village: "nanping",
      name: "黄某",
      phone: "13800000104",
    }),
  ],
  [told(-2, "08:50", { channel: "box", title: "建议农贸市场早一小时开门", category: "suggestion", village: "chengnan" })],
  [
    told(-1, "19:45", {
      channel: "web",
      title: "东塘村主路还有几盏灯不亮",
      details: "村委会门口到小卖部这一段，晚上漆黑。",
      village: "dongtang",
      place: "东塘村主路",
    }),
  ],
  [told(-1, "20:30", { channel: "web", title: "大棚补贴什么时候发", category: null, village: "beiqu" })],
  [
    told(0, "07:20", {
      channel: "phone",
      title: "独居老人家里水管爆了，请帮忙",
      category: "help",
      village: "xiling",
      name: "孙某",
      phone: "13800000105",
    }),
  ],
  [told(0, "07:45", { channel: "visit", title: "城南二巷下水道返味", village: "chengnan" })],
  [told(0, "08:05", { channel: "enterprise", title: "想招二十名熟练工，镇里能不能帮忙", category: "enterprise-need", village: "yuanqu" })],
];
