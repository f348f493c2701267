import { DEMO_PASSWORD } from "#people/demo-password";
import type { Duty } from "#people/officer";

/** The people and places of the demo town. All of them are made up. */

export const UNITS = {
  government: { nameZh: "示例镇人民政府", nameEn: "Shili Town Government", kind: "department", parent: null },
  office: { nameZh: "党政办", nameEn: "Party and Government Office", kind: "department", parent: "government" },
  service: { nameZh: "便民服务中心", nameEn: "Public Service Centre", kind: "department", parent: "government" },
  ecology: { nameZh: "生态办", nameEn: "Ecology Office", kind: "department", parent: "government" },
  rural: { nameZh: "乡村振兴办", nameEn: "Rural Revitalisation Office", kind: "department", parent: "government" },
  accounts: { nameZh: "农经站", nameEn: "Rural Accounts Station", kind: "station", parent: "rural" },
  sanitation: { nameZh: "环卫所", nameEn: "Sanitation Station", kind: "station", parent: "ecology" },
  enterprise: { nameZh: "企业服务专班", nameEn: "Enterprise Service Team", kind: "department", parent: "government" },
  building: { nameZh: "村建所", nameEn: "Building and Roads Station", kind: "station", parent: "government" },
  discipline: { nameZh: "镇纪委", nameEn: "Discipline Commission", kind: "department", parent: "government" },
  cleaners: { nameZh: "洁美环卫公司", nameEn: "Jiemei Cleaning Company", kind: "contractor", parent: "sanitation" },
  dongtang: { nameZh: "东塘村委会", nameEn: "Dongtang Village Committee", kind: "village", parent: "government" },
} as const;
export type UnitKey = keyof typeof UNITS;

export const VILLAGES = {
  dongtang: { nameZh: "东塘村", nameEn: "Dongtang Village", lon: 114.3901, lat: 27.8102 },
  xiling: { nameZh: "西岭村", nameEn: "Xiling Village", lon: 114.3512, lat: 27.8247 },
  nanping: { nameZh: "南坪村", nameEn: "Nanping Village", lon: 114.3724, lat: 27.7893 },
  beiqu: { nameZh: "北渠村", nameEn: "Beiqu Village", lon: 114.3778, lat: 27.8391 },
  chengnan: { nameZh: "城南社区", nameEn: "Chengnan Community", lon: 114.3823, lat: 27.8069 },
  yuanqu: { nameZh: "园区社区", nameEn: "Yuanqu Community", lon: 114.4036, lat: 27.8175 },
} as const;
export type VillageKey = keyof typeof VILLAGES;

type Person = {
  readonly name: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly unit: UnitKey;
  readonly duties: readonly Duty[];
};

export const OFFICERS = {
  qianwen: { name: "钱文", titleZh: "党政办主任", titleEn: "Head of the office", unit: "office", duties: ["clerk", "office"] },
  suting: { name: "苏听", titleZh: "受理员", titleEn: "Clerk", unit: "office", duties: ["clerk"] },
  hedu: { name: "何督", titleZh: "督查专干", titleEn: "Supervision officer", unit: "office", duties: ["office"] },
  zhaoshu: { name: "赵书", titleZh: "党委书记", titleEn: "Party secretary", unit: "government", duties: ["secretary"] },
  wanglu: { name: "王路", titleZh: "便民服务中心主任", titleEn: "Head of the service centre", unit: "service", duties: ["leader"] },
  lihe: { name: "李河", titleZh: "分管生态副镇长", titleEn: "Deputy mayor, ecology", unit: "ecology", duties: ["leader"] },
  suntian: { name: "孙田", titleZh: "生态办主任", titleEn: "Head of the ecology office", unit: "ecology", duties: ["leader"] },
  zhouzhang: { name: "周账", titleZh: "农经站站长", titleEn: "Head of rural accounts", unit: "accounts", duties: ["leader"] },
  wujie: { name: "吴洁", titleZh: "环卫所所长", titleEn: "Head of sanitation", unit: "sanitation", duties: ["leader", "handler"] },
  zhengshang: { name: "郑商", titleZh: "企业服务专班组长", titleEn: "Head of enterprise service", unit: "enterprise", duties: ["leader"] },
  gaoqiao: { name: "高桥", titleZh: "村建所所长", titleEn: "Head of building and roads", unit: "building", duties: ["leader"] },
  chenban: { name: "陈办", titleZh: "窗口负责人", titleEn: "Counter supervisor", unit: "service", duties: ["handler"] },
  lincheng: { name: "林澄", titleZh: "生态办干事", titleEn: "Ecology officer", unit: "ecology", duties: ["handler"] },
  xulu: { name: "许路", titleZh: "村建所技术员", titleEn: "Roads technician", unit: "building", duties: ["handler"] },
  fengzheng: { name: "冯正", titleZh: "镇纪委副书记", titleEn: "Deputy head of discipline", unit: "discipline", duties: ["verifier"] },
  fangshi: { name: "方实", titleZh: "监督员", titleEn: "Inspector", unit: "discipline", duties: ["verifier"] },
  zhouxi: { name: "周系", titleZh: "系统管理员", titleEn: "System administrator", unit: "office", duties: ["system_admin"] },
  wuan: { name: "武安", titleZh: "安全管理员", titleEn: "Security administrator", unit: "government", duties: ["security_admin"] },
  shenji: { name: "沈计", titleZh: "审计员", titleEn: "Auditor", unit: "discipline", duties: ["auditor"] },
} as const satisfies Record<string, Person>;
export type OfficerKey = keyof typeof OFFICERS;

/** For the sign-in page of a demo town, and of no other. */
export const DEMO_OFFICERS: readonly {
  readonly login: string;
  readonly name: string;
  readonly duties: readonly Duty[];
  readonly password: string;
}[] = Object.entries(OFFICERS).map(([login, { name, duties }]) => ({ login, name, duties, password: DEMO_PASSWORD }));

export const CAMPAIGN = {
  nameZh: "“三问三化”专项活动",
  nameEn: "The Three Questions campaign",
  planZh:
    "围绕政治生态环境、营商环境、自然生态环境和高质量发展四个主题，开门查摆问题。每一个问题都要答清楚：怎么啦、怎么办、谁来办；一件一件办，办到群众说好为止。镇党委书记任领导小组组长。",
  planEn:
    "Problems are looked for in the open under four themes. Each gets three answers: what is wrong, what will be done, who will do it. The party secretary heads the leading group.",
} as const;

export const THEMES = {
  political: { nameZh: "政治生态环境", nameEn: "Political environment" },
  business: { nameZh: "营商环境", nameEn: "Business environment" },
  nature: { nameZh: "自然生态环境", nameEn: "Natural environment" },
  development: { nameZh: "高质量发展", nameEn: "High-quality development" },
} as const;
export type ThemeKey = keyof typeof THEMES;

export type CategoryKey = "consultation" | "help" | "suggestion" | "complaint" | "hazard" | "enterprise-need";
