import { judgeable, LONGEST_JUDGED, withPlainDashes } from "./characters.ts";

/** A calendar day in China, `YYYY-MM-DD`. Compares correctly as text. */
export type Day = string;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const CHINA_OFFSET_MS = 8 * HOUR_MS; // Asia/Shanghai: no summer time since 1991

/** The day it is in China at an instant. */
export function dayOf(at: Date): Day {
  return inChina(at).slice(0, 10);
}

/** The hour and minute it is in China, `09:05`. */
export function clockOf(at: Date): string {
  return inChina(at).slice(11, 16);
}

function inChina(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString();
}

/** The first instant of a day in China. */
export function startOf(day: Day): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - CHINA_OFFSET_MS);
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  // A day alone is read as its first instant in UTC (ECMA-262 §21.4.1.32), in two thirds of the time.
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

const TYPED_DAY = /^(\d{4}) ?[-./年] ?(\d{1,2}) ?[-./月] ?(\d{1,2}) ?日?$/;
const IN_ONE_PIECE = /^(\d{4})(\d{2})(\d{2})$/;
const [FIRST_YEAR, LAST_YEAR] = [1900, 2199];

/**
 * The day somebody typed, or null where there is none: `2026-07-28`, `2026.7.28`, `2026/7/28`, `2026年7月28日`, `20260728`, in any width.
 * 2026-02-30 does not exist, and no town has days before 1900.
 */
export function dayTyped(typed: string): Day | null {
  if (typed.length > LONGEST_JUDGED) return null;
  const parts = TYPED_DAY.exec(withPlainDashes(judgeable(typed)).replace(IN_ONE_PIECE, "$1-$2-$3"));
  if (parts === null) return null;
  const [, year = "", month = "", day = ""] = parts;
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return null;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === written ? written : null;
}
