import type { WebRoute } from "#doors/web/routes";
import { PASSWORD } from "./town.ts";

type Answers = Readonly<Record<string, string>>;

/** What a form is filled in with by somebody who reads its labels; every other field takes a few words. */
export const KIND: Answers = {
  dueOn: "2026-08-07",
  newDueOn: "2026-08-20",
  resumeOn: "2026-08-17",
  startsOn: "2026-09-01",
  endsOn: "2026-12-31",
  expiresOn: "2026-12-31",
  phone: "13800000000",
  email: "li@example.com",
  login: "li.si",
  code: "",
  lon: "",
  lat: "",
  number: "",
  from: "",
  to: "",
  position: "5",
  firstReplyLimit: "3",
  finishLimit: "10",
  extensionLimit: "5",
  retentionDays: "365",
  finishDays: "30",
  line: "07951234567",
  rectangles: "12 30 10 8",
  sign_in_login: "wujie",
  sign_in_password: PASSWORD,
  sign_in_present: PASSWORD,
  sign_in_chosen: "Xin-De-Mima-9",
  sign_in_again: "Xin-De-Mima-9",
  present: PASSWORD,
};

/** What a name asks for in one form only. */
export const KIND_AT: Partial<Record<WebRoute, Answers>> = {
  "POST /office/inbox/:report/join": { number: "SL-2026-0005" },
  "POST /office/inbox/:report/move": { number: "SL-2026-0005" },
  "POST /office/callbacks/:question": { why: "", said: "nobody" },
  "POST /office/rules/categories": { code: "tree-care" },
  "POST /office/rules/calendar/read": { notice: "一、元旦：1月1日（周五）至3日（周日）放假，共3天。" },
  "POST /office/rules/calendar": {
    json: JSON.stringify({ year: 2027, source: "国办发明电", days: [{ day: "2027-01-01", kind: "off", name: "元旦" }] }),
  },
};

export const A_FEW_WORDS = "都写清楚了";
