import type { OpeningStep } from "#office/opening";

/** How a step stands, in numbers and names. */
type Stands = { readonly count: number; readonly names: string };
type StepWords = {
  readonly name: string;
  /** What it holds up. */
  readonly why: string;
  readonly missing: (stands: Stands) => string;
  readonly done: (stands: Stands) => string;
  readonly go: string;
  /** Who does it, for whoever may not. */
  readonly whose: string;
};

const system = "由系统管理员办";
const security = "由安全管理员办";
const places = "由督办或系统管理员办";

const steps: Record<OpeningStep, StepWords> = {
  town: {
    name: "镇的资料",
    why: "没有电话，居民不知道打哪里问",
    missing: () => "没有电话",
    done: ({ names }) => names,
    go: "去填写",
    whose: system,
  },
  units: {
    name: "单位",
    why: "只有一个单位，问题交不到别的单位去",
    missing: ({ count }) => `只有 ${count} 个`,
    done: ({ count }) => `${count} 个`,
    go: "去粘贴",
    whose: places,
  },
  villages: {
    name: "村（社区）",
    why: "没有村，反映的人选不了地点",
    missing: () => "还没有",
    done: ({ count }) => `${count} 个`,
    go: "去粘贴",
    whose: places,
  },
  people: {
    name: "人员",
    why: "没有账号、没有密码，都登录不了",
    missing: ({ count, names }) => (names === "" ? `只有最初 ${count} 位` : `没有密码：${names}`),
    done: ({ count }) => `${count} 人，都有密码`,
    go: "去粘贴",
    whose: system,
  },
  idle: {
    name: "没有职责的人",
    why: "登录了也没有事办，要安全管理员给职责",
    missing: ({ count, names }) => `${count} 人：${names}`,
    done: () => "没有，人人都有职责",
    go: "去授予",
    whose: security,
  },
  duties: {
    name: "没有人的职责",
    why: "问题走到这一步就停住",
    missing: ({ names }) => `还没有人：${names}`,
    done: () => "没有，件件有人办",
    go: "去授予",
    whose: security,
  },
  leaders: {
    name: "责任领导",
    why: "没有责任领导，交办不了",
    missing: () => "一个也没有",
    done: ({ count }) => `${count} 位`,
    go: "去授予",
    whose: security,
  },
  categories: {
    name: "类别与时限",
    why: "没有类别，来件定不了时限",
    missing: () => "还没有",
    done: ({ count }) => `${count} 类`,
    go: "去看看",
    whose: system,
  },
  sealed: {
    name: "密件类别与接收人",
    why: "没有密件类别，举报干部的来件人人看得到",
    missing: () => "还没有：把“举报”这样的类别设为密件，指定接收人",
    done: ({ count }) => `${count} 类`,
    go: "去指定",
    whose: system,
  },
  calendar: {
    name: "工作日历",
    why: "没有日历，时限写“待日历公布”",
    missing: ({ names }) => `缺 ${names} 年`,
    done: () => "有了",
    go: "去导入",
    whose: system,
  },
  campaign: {
    name: "活动",
    why: "没有活动也能办",
    missing: () => "还没有",
    done: ({ count }) => (count === 0 ? "现在没有，可以不办" : `${count} 个进行中`),
    go: "去看看",
    whose: "由督办或书记办",
  },
  secondStep: {
    name: "第二步验证",
    why: "管账号、管职责、看日志的三员，只靠密码不够",
    missing: ({ names }) => `没有开：${names}`,
    done: () => "三员都开了",
    go: "开自己的",
    whose: "由三员各自办",
  },
  backup: {
    name: "备份",
    why: "没有恢复过一次的备份，不知道能不能用",
    missing: ({ names }) => (names === "" ? "还没有试过恢复" : `上次试恢复是 ${names}，过了一年`),
    done: ({ names }) => `${names} 试过，恢复得出来`,
    go: "试过了就记下",
    whose: system,
  },
};

/** The list of what a town needs before it can live. */
export const opening = {
  title: "开张清单",
  under: (done: number, of: number) => `${of} 样办完 ${done} 样。缺的都办完，今日要办上的这张单子就收起来`,
  missing: (count: number) => `还缺 ${count} 样`,
  missingSteps: (count: number, steps: string) => `还缺 ${count} 样：${steps}`,
  done: (count: number) => `办完 ${count} 样`,
  complete: "都办完了",
  steps,
  backupHow:
    "备份怎么做、怎么恢复，写在程序的 docs/operations/backup.md 里：数据库、文件、日志签名、密钥文件，四样分开放。在另一台机器上恢复一次，看得到台账，再点下面。",
  restored: "今天试过，恢复得出来",
};
