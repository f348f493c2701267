import type { RefusalCode } from "#refusals";

/** What the command line says otherwise: where the words of a page point at its lists and buttons. */
const refusals: Partial<Record<RefusalCode, string>> = {
  "officer/unknown": "没有这个登录名",
  "officer/disabled": "这个账号已经停用",
  "unit/unknown": "没有这个单位",
};

export const cli = { refusals };
