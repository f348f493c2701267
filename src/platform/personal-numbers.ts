import { DASH } from "./characters.ts";

/** A number that leads to a person, where it stands in a text, and what may be shown of it. */
export type PersonalNumber = {
  readonly kind: "phone" | "identity-card";
  readonly from: number;
  readonly to: number;
  readonly masked: string;
};

/**
 * Telephone numbers of the mainland and numbers of identity cards in a text, in order, however they are written: digits of any width,
 * brackets, dashes, dots and spaces between them, invisible characters inside. Cost grows with the length of the text.
 */
export function personalNumbers(text: string): readonly PersonalNumber[] {
  const folded = foldedOf(text);
  const groups = groupsOf(folded.text);
  const found: PersonalNumber[] = [];
  for (let at = 0; at < groups.length;) {
    const next = startingAt(folded, groups, at);
    if (next === null) at += 1;
    else {
      found.push(next.number);
      at = next.after;
    }
  }
  return found;
}

/** The text with every such number masked: 138****5678, 360101********1234. */
export function withoutPersonalNumbers(text: string): string {
  let rest = 0;
  let told = "";
  for (const { from, to, masked } of personalNumbers(text)) {
    told += text.slice(rest, from) + masked;
    rest = to;
  }
  return told + text.slice(rest);
}

/** A text as it is judged, each of its units with the place in the original where it begins and ends. */
type Folded = { readonly text: string; readonly begins: readonly number[]; readonly ends: readonly number[] };

/** A UUID and a number of the ledger: nothing in them is looked at. */
const NOBODYS = /(?<![0-9A-Za-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{2,6}-20\d\d-\d{4,7})(?![0-9A-Za-z])/g;

const SHAPELESS = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;
const ENUMERATING = /^\p{No}$/u;

function foldedOf(text: string): Folded {
  const begins: number[] = [];
  const ends: number[] = [];
  let folded = "";
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const units = foldedUnits(character);
    folded += units;
    for (let i = 0; i < units.length; i++) {
      begins.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { text: folded.replaceAll(NOBODYS, (found) => "\n".repeat(found.length)), begins, ends };
}

/** NFKC of one character, nothing for one without a shape. ① and ² are not digits of a number: they enumerate and raise. */
function foldedUnits(character: string): string {
  if (character <= "\u007f") return character;
  if (SHAPELESS.test(character)) return "";
  return ENUMERATING.test(character) ? " " : character.normalize("NFKC");
}

/** Digits in one piece, and whether they may be joined to the piece before them. */
type Group = { readonly digits: string; readonly from: number; readonly to: number; readonly joins: boolean };

/** What people put between the digits of one number, at most so much of it. A line ends every number. */
const BETWEEN = new RegExp(`^[ \\t\\u00a0${DASH}.·•・_()[\\]/|~]{1,4}$`, "u");

function groupsOf(text: string): readonly Group[] {
  const groups: Group[] = [];
  for (const match of text.matchAll(/\d+/g)) {
    const gap = text.slice(groups.at(-1)?.to ?? match.index, match.index).slice(0, 5);
    groups.push({ digits: match[0], from: match.index, to: match.index + match[0].length, joins: BETWEEN.test(gap) });
  }
  return groups;
}

/** Some neighbouring groups read as one number. `text` is the folded text they stand in. */
type Reading = {
  readonly text: string;
  readonly run: readonly Group[];
  readonly digits: string;
  readonly from: number;
  readonly to: number;
};
type Found = { readonly number: PersonalNumber; readonly after: number };

const LONGEST_NUMBER = 18;

/** The number that begins with this group, if one does: the longest reading wins, because a card may begin like a telephone. */
function startingAt(folded: Folded, groups: readonly Group[], at: number): Found | null {
  let best: Found | null = null;
  let run: readonly Group[] = [];
  let digits = "";
  for (const group of groups.slice(at, at + LONGEST_NUMBER)) {
    if ((run.length > 0 && !group.joins) || digits.length >= LONGEST_NUMBER) break;
    run = [...run, group];
    digits += group.digits;
    const number = numberIn(folded, { text: folded.text, run, digits, from: run[0]?.from ?? 0, to: group.to });
    if (number !== null) best = { number, after: at + run.length };
  }
  return best;
}

function numberIn(folded: Folded, reading: Reading): PersonalNumber | null {
  const { digits, from, to } = reading;
  if (digits.length < SHORTEST_NUMBER || digits.length > LONGEST_NUMBER || isInside(reading)) return null;
  const card = cardOf(reading);
  if (card !== null)
    return placed(folded, "identity-card", from, to + card.length - digits.length, `${card.slice(0, 6)}********${card.slice(-4)}`);
  if (isAmount(reading) || isDated(reading) || isPosition(reading)) return null;
  const masked = mobileOf(reading) ?? landlineOf(reading);
  return masked === null ? null : placed(folded, "phone", from - openingOf(reading).length, to, masked);
}

const SHORTEST_NUMBER = 9;
const LONGEST_WORD = 24;

/**
 * Letters may touch a number (`Tel13800001234`), but not what has digits of its own behind them: a hash, a plate. The decimals of a
 * number (`114.13912345678`) are its own.
 */
function isInside({ text, run, from, to }: Reading): boolean {
  const before = text.slice(Math.max(0, from - LONGEST_WORD), from);
  const first = run[0]?.digits ?? "";
  return (
    /\d[A-Za-z]+$/.test(before) || /^[A-Za-z]+\d/.test(text.slice(to, to + LONGEST_WORD)) || (/\d\.$/.test(before) && first.length > 4)
  );
}

function isAmount({ text, from, to }: Reading): boolean {
  return (
    /[¥$€£] ?$/.test(text.slice(Math.max(0, from - 2), from)) ||
    /^(?:\.\d{1,2}(?!\d))? ?[元万亿块]|^\.\d{1,2}(?!\d)/.test(text.slice(to, to + 8))
  );
}

/** `1995-08-26 120`: a day of the last century and a figure, not a telephone that begins with 199. */
function isDated({ text, run }: Reading): boolean {
  const [year, month, day] = run;
  if (year === undefined || month === undefined || day === undefined || !/^1[89]\d\d$/.test(year.digits)) return false;
  const gaps = [text.slice(year.to, month.from), text.slice(month.to, day.from)];
  return gaps.every((gap) => /^[-./]$/.test(gap)) && Number(month.digits) <= 12 && day.digits.length <= 2 && Number(day.digits) <= 31;
}

/** `130.12345678` is east of Harbin; no longitude of the mainland is above 135. */
function isPosition({ text, run }: Reading): boolean {
  const [whole, fraction] = run;
  if (whole === undefined || fraction === undefined || run.length !== 2) return false;
  return text.slice(whole.to, fraction.from) === "." && whole.digits.length === 3 && Number(whole.digits) <= 135;
}

function mobileOf(reading: Reading): string | null {
  const number = /^(?:(?:00)?86|0)?(1[3-9]\d{9})$/.exec(reading.digits)?.[1];
  if (number === undefined || !isGrouped(reading)) return null;
  return `${number.slice(0, 3)}****${number.slice(-4)}`;
}

function landlineOf(reading: Reading): string | null {
  const { digits } = reading;
  const national = isAbroad(reading) ? digits.replace(/^(?:00)?860?/, "0") : digits;
  const area = /^(0(?:10|2\d|[3-9]\d{2}))[2-9]\d{6,7}$/.exec(national)?.[1];
  if (area === undefined || !isGrouped(reading)) return null;
  return `${area}-****${digits.slice(-3)}`;
}

/** Dialled from abroad: +86 or 0086. */
function isAbroad(reading: Reading): boolean {
  return reading.digits.startsWith("0086") || (reading.digits.startsWith("86") && openingOf(reading).includes("+"));
}

/** The digits of one number stand in groups of three and more, or one by one: a list of small figures is no telephone. */
function isGrouped(reading: Reading): boolean {
  const [country, next] = reading.run;
  const sets = country !== undefined && /^(?:00)?86$/.test(country.digits) ? reading.run.slice(1) : reading.run;
  if (country !== undefined && next !== undefined && sets.length < reading.run.length && !isAbroad(reading)) {
    // `门牌86 13800001234`: two numbers; only a dash or a bracket makes the first the country's.
    if (/^\s+$/.test(reading.text.slice(country.to, next.from))) return false;
  }
  return sets.every(({ digits }) => digits.length >= 3) || (sets.length > 3 && sets.every(({ digits }) => digits.length === 1));
}

/** The + and the bracket that belong to a number and stand before its first digit. */
function openingOf({ text, from, to }: Reading): string {
  const [opening = ""] = /(?:\(\+?|\+\(?)$/.exec(text.slice(Math.max(0, from - 2), from)) ?? [];
  return opening.includes("+") || text.slice(from, to).includes(")") ? opening : "";
}

function placed(folded: Folded, kind: PersonalNumber["kind"], from: number, to: number, masked: string): PersonalNumber {
  return { kind, from: folded.begins[from] ?? 0, to: folded.ends[to - 1] ?? 0, masked };
}

/** The digits as the number of a card, with the X that may end it; null when they are none. */
function cardOf({ text, digits, from, to }: Reading): string | null {
  const number = digits.length === 17 && /^[Xx]/.test(text.slice(to)) ? digits + text.charAt(to) : digits;
  if (isIdentityCard(number)) return number;
  return isOldCard(text.slice(Math.max(0, from - 12), from), digits) ? number : null;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: a day of birth that may be one, and the check character (ISO 7064, MOD 11-2). */
function isIdentityCard(number: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(number)) return false;
  if (!isBirthday(Number(number.slice(6, 10)), number.slice(10, 14))) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return "10X98765432"[sum % 11] === number.slice(-1).toUpperCase();
}

/**
 * The fifteen digits of before 1999 carry no check: they are taken for a card only where the text says so, because registration numbers
 * and orders have fifteen digits too.
 */
function isOldCard(before: string, digits: string): boolean {
  return (
    /^[1-9]\d{14}$/.test(digits) && /身份|证件|证号/.test(before) && isBirthday(1900 + Number(digits.slice(6, 8)), digits.slice(8, 12))
  );
}

function isBirthday(year: number, monthAndDay: string): boolean {
  const [month, day] = [Number(monthAndDay.slice(0, 2)), Number(monthAndDay.slice(2))];
  return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
