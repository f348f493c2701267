import type { RefusalCode } from "#refusals";

/** Only what the commands of this door can be refused for; another code is said as it is. */
const WORDS: Partial<Record<RefusalCode, string>> = {
  "town/id-taken": "这个镇代号或主机名已被占用 / This town id or host name is taken",
  "town/host-missing":
    "已有一个没有域名的镇，请用 --host 给这个镇域名 / There is a town without a host name already: give this one its own with --host",
  "unit/unknown": "没有这个单位 / There is no such unit",
  "officer/login-taken": "这个登录名已被占用 / This login is taken",
  "officer/unknown": "没有这个登录名 / There is no such login",
  "officer/disabled": "这个账号已经停用 / This account is closed already",
  "duty/conflict": "这些职责不能由同一个人担任 / One person may not hold these duties together",
  "duty/held": "已有这项职责 / The duty is held already",
  "duty/last-of-its-kind": "这是最后一位担任该职责的人，请先指定接替者 / The last one with this duty: name a successor first",
};

export function wordsOfRefusal(code: RefusalCode): string {
  return WORDS[code] ?? code;
}
