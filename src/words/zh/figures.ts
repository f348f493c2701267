import type { CountName } from "#publication/counted-entries";
import type { FigureName } from "#publication/figures";

const names: Record<FigureName, { readonly title: string; readonly what: string; readonly counted: string; readonly of: string }> = {
  response: { title: "响应率", what: "在规定时限内首次答复的来件，占已经答复或时限已过的来件", counted: "按时答复", of: "应答复" },
  resolution: { title: "解决率", what: "回答“已解决”的反映人，占作了回答的反映人", counted: "说已解决", of: "作了回答" },
  claim: { title: "单位自报办结率", what: "已销号的问题，占时限已到的问题；只与解决率并列，从不代替它", counted: "已销号", of: "时限已到" },
  satisfaction: {
    title: "满意率",
    what: "回答“满意”的回访，占有回答的回访；没有回答的不算满意，也不计入",
    counted: "满意",
    of: "作了回答",
  },
  "on-time": {
    title: "按时办结率",
    what: "在最初时限内完成整改的问题，占最初时限已过的问题；推迟过时限的另列",
    counted: "按时整改",
    of: "时限已过",
  },
  relapse: { title: "反弹率", what: "回头看发现反弹的次数，占已做的回头看", counted: "反弹", of: "已做回头看" },
};

const counts: Record<CountName, { readonly title: string; readonly what: string }> = {
  problems: { title: "问题", what: "台账上的问题，不含不予办理的" },
  closed: { title: "已销号", what: "已经销号的问题" },
  overdue: { title: "逾期", what: "时限已过、还在办的问题；暂缓的不算" },
  extended: { title: "推迟过", what: "最初时限已过、时限推迟过（延期、暂缓或反弹）的问题" },
  silent: { title: "没有回答", what: "到销号时没有回答的回访；不算满意，也不计入任何比率" },
};

type Cited = {
  readonly ledger: string;
  readonly told: string;
  readonly value: string;
  readonly at: string;
  readonly leaves: number;
  readonly address: string;
};

export const figures = {
  title: "数字",
  lead: "每个数字都能点开，看到它数的是哪几件。来件多不是坏事，从不因此给单位扣分。",
  asOf: { before: "截至", after: " · " },
  leaves: (count: number) => `公开日志前 ${count} 条`,
  behind: (count: number) => `，后面 ${count} 条还没有数进来`,
  dueUpTo: "时限过没过，按今天零时算。谁都可以照公开日志自己再数一遍。",
  names,
  counts,
  share: (counted: number, of: number) => `${counted} / ${of}`,
  quotient: (counted: number, of: number) => `${counted} ÷ ${of}`,
  tooFew: (few: number) => `不足 ${few} 件太少，不算比率`,
  tooFewHint: (few: number) => `灰字是件数：不足 ${few} 件太少，不算比率，不作比较。`,
  silentAttempts: (count: number) => `（打过电话或上过门 ${count} 次，没人接）`,
  silent: (count: number) => `另有 ${count} 次回访到销号时没有回答`,
  extended: (count: number) => `其中 ${count} 件的时限推迟过（延期、暂缓或反弹）`,
  ownClaim: "单位自己的说法，只与群众的解决率并列",
  open: (title: string) => `看${title}数的是哪几件`,
  byUnit: "按单位",
  byCampaign: "按活动",
  unit: "单位",
  campaign: "活动",
  noUnits: "还没有问题交办到单位。交办以后，这里按单位列出。",
  entries: "数到的每一件",
  entry: "哪一件",
  entryDay: { response: "收到", relapse: "应回头看", silent: "回访截止", problem: "时限", promise: "最初时限" },
  doneDay: { response: "答复", relapse: "回头看", silent: "回答", problem: "整改", promise: "整改" },
  wasExtended: "时限推迟过",
  privateReport: (channel: string) => `未公开的来件（${channel}）`,
  notYet: "还没有",
  none: "还没有可数的。",
  sum: "合计",
  matter: "怎么啦",
  yes: "是",
  file: "下载表格（CSV）",
  files: "下载表格（CSV，分份）",
  titleOf: (title: string, whose: string) => `${title}（${whose}）`,
  leftOut: {
    are: "没有数进来的：",
    atLeast: (count: number) => `至少 ${count}`,
    dismissed: (count: string) => `不予办理的 ${count} 件`,
    suspended: (count: string) => `暂缓的 ${count} 件`,
    silent: (count: string) => `到销号没有回答的回访 ${count} 次`,
  },
  cite: "引用这个数字：",
  copy: "复制这一行",
  copied: "已复制",
  cited: ({ ledger, told, value, at, leaves, address }: Cited) =>
    `${ledger}，${told}：${value}，截至${at}，公开日志前 ${leaves} 条，${address}`,
  older: "更早的",
  newest: "回到最新",
  back: "全部数字",
  unknown: "没有这个数字",
  unknownHint: "地址可能抄错了。全部数字都在“数字”一页。",
};
