import { isWeekend } from "./workdays.ts";

/** A day that a notice names: a holiday, or a weekend day worked in its place (调休). */
export type NoticeDay = { readonly day: string; readonly kind: "off" | "work"; readonly name: string };

/**
 * What a person should look at: a day that does not exist, a weekday that is another, a length that does not add up, a working day said
 * to be worked, a day of another year, or a day of which the notice says neither.
 */
export type NoticeDoubt = {
  readonly kind: "impossible" | "weekday" | "count" | "worked-anyway" | "other-year" | "unread";
  /** As it stands in the notice. */
  readonly text: string;
};

/** The State Council's notice of a year's holidays as it was understood. */
export type Notice = {
  readonly year: number;
  /** 国办发明电〔2025〕7号; "" when the text has none. */
  readonly number: string;
  readonly days: readonly NoticeDay[];
  readonly doubts: readonly NoticeDoubt[];
};

const WEEKDAYS = "日一二三四五六";
const DATE = String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?`;
const SPAN = new RegExp(String.raw`${DATE}(?:(?:至|到|[-—–~])${DATE})?`, "gu");
/** 国办发明电〔2025〕7号 */
const NUMBER = /国办发(?:明电)?[〔[(]\d{4}[〕\])]\d+号/u;
/** `一、元旦:`, `国庆节、中秋节:` before the first day of it. */
const NAME = /(?:^|[。;\n年])\s*(?:[一二三四五六七八九十]{1,3}、)?([\p{Script=Han}、]{2,20}?)\s*:?\s*$/u;
const WORKED = "调休上班";

type Span = { readonly text: string; readonly days: readonly string[] | null; readonly weekdays: readonly (readonly [string, string])[] };

/**
 * Reads the notice in the words it is published in (`春节：2月15日（农历腊月二十八、周日）至23日放假调休，共9天。2月14日（周六）上班。`).
 * Null when it names no day at all. `year` is taken where the text names none.
 */
export function readNotice(published: string, year: number): Notice | null {
  const text = published.normalize("NFKC");
  const its = Number(/(\d{4})年(?:部分)?节假日/u.exec(text)?.[1] ?? year);
  const days = new Map<string, NoticeDay>();
  const doubts: NoticeDoubt[] = [];
  let name = "";
  for (const found of text.matchAll(SPAN)) {
    const span = spanOf(found, its);
    if (span === null) continue;
    name = NAME.exec(text.slice(0, found.index))?.[1] ?? name;
    const says = saysAfter(text, found.index + found[0].length);
    const { known, doubted } = judged(span, says, its);
    doubts.push(...doubted.map((kind) => ({ kind, text: span.text })));
    for (const day of known) days.set(day, { day, kind: says === "work" ? "work" : "off", name: says === "work" ? WORKED : name });
  }
  if (days.size === 0) return null;
  return {
    year: its,
    number: NUMBER.exec(text)?.[0] ?? "",
    days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    doubts,
  };
}

/** What the notice says next of the days before: a holiday, so many days long where it says so; work; or neither. */
type Says = { readonly off: number | null } | "work" | null;

function saysAfter(text: string, from: number): Says {
  const rest = text.slice(from, endOfSentence(text, from));
  const off = /^[^日]*?放假(?:调休)?[,、]?(?:共?(\d+)天)?/u.exec(rest);
  if (off !== null) return { off: off[1] === undefined ? null : Number(off[1]) };
  return rest.includes("上班") ? "work" : null;
}

function endOfSentence(text: string, from: number): number {
  const end = text.slice(from).search(/[。;\n]/u);
  return end === -1 ? text.length : from + end;
}

function judged(
  { days, weekdays }: Span,
  says: Says,
  year: number,
): { readonly known: readonly string[]; readonly doubted: readonly NoticeDoubt["kind"][] } {
  if (days === null) return { known: [], doubted: ["impossible"] };
  if (says === null) return { known: [], doubted: ["unread"] };
  const known = days.filter((day) => day.startsWith(`${year}-`));
  const doubted: NoticeDoubt["kind"][] = [];
  if (known.length < days.length) doubted.push("other-year");
  if (weekdays.some(([day, said]) => weekdayOf(day) !== said)) doubted.push("weekday");
  if (says === "work" && days.some((day) => !isWeekend(day))) doubted.push("worked-anyway");
  if (says !== "work" && says.off !== null && says.off !== days.length) doubted.push("count");
  return { known: says === "work" ? known.filter(isWeekend) : known, doubted };
}

/** Null for what is no day: `共3日` and other counts have no month. */
function spanOf(found: RegExpMatchArray, year: number): Span | null {
  const [text, year1, month1, day1 = "", said1 = "", year2, month2, day2, said2 = ""] = found;
  if (month1 === undefined) return null;
  const first = dayAt(year1 ?? year, month1, day1);
  const last = day2 === undefined ? first : dayAt(year2 ?? year1 ?? year, month2 ?? month1, day2);
  if (first === null || last === null || last < first) return { text, days: null, weekdays: [] };
  const said = [
    [first, weekdayIn(said1)],
    [last, weekdayIn(said2)],
  ] as const;
  return {
    text,
    days: daysFrom(first, last),
    weekdays: said.flatMap(([day, weekday]) => (weekday === null ? [] : [[day, weekday] as const])),
  };
}

/** The longest holiday was nine days; a span far longer is a slip of the pen, and its length says so. */
const LONGEST_DAYS = 31;

function daysFrom(first: string, last: string): readonly string[] | null {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) days.push(new Date(at).toISOString().slice(0, 10));
  return days.length > LONGEST_DAYS ? null : days;
}

function dayAt(year: number | string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text;
}

function weekdayIn(said: string): string | null {
  return /(?:周|星期)([日天一二三四五六])/u.exec(said)?.[1]?.replace("天", "日") ?? null;
}

function weekdayOf(day: string): string {
  return WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}
