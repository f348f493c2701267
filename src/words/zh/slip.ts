/** What whoever objected or said "me too" keeps of it, and reads by its code. */
export const slip = {
  title: { objection: "我提的异议", "me-too": "我也遇到了" },
  said: { objection: "提出异议", "me-too": "说“我也遇到了”" },
  sentence: { objection: (title: string) => `异议：${title}`, "me-too": (title: string) => `我也遇到了：${title}` },
  status: {
    open: "已收到，等镇上公开答复",
    upheld: "异议成立，继续办",
    rejected: "异议不成立",
    counted: "已记上",
  },
  answer: "镇上的答复",
  answered: (day: string) => `${day}答复`,
  answeredBy: "公开答复不晚于",
  reason: "你写的",
  notAsked: "办完以后，“解决了吗”只问反映过这件事的人，不会问你。有不一样的情况，可以另外反映。",
  number: "台账编号",
  next: {
    answered: "公开答复你的异议",
    outcome: "异议成立，就继续办；不成立，会公开写明理由",
    follow: "凭回执号随时看到办到哪一步",
  },
  entry: "看这一件",
  ask: "给我一个回执",
  file: {
    heading: (town: string) => `${town} 回执`,
    keep: "请妥善保管。任何知道回执号的人都能查看。",
  },
  last: "办到哪一步，凭回执号看",
};
