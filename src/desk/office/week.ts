import { addDays, daysBetween, dayTyped, type Day } from "#platform/instant";

/** A week in China, Monday to Sunday, and the Monday after it, on which its sheet lies on the table. */
export type Week = { readonly from: Day; readonly to: Day; readonly meetsOn: Day };

/** The week a day lies in. */
export function weekOf(day: Day): Week {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const from = addDays(day, -sinceMonday);
  return { from, to: addDays(from, 6), meetsOn: addDays(from, 7) };
}

/** The week whose sheet is written now: on a Monday the one that is over. */
export function weekAt(today: Day): Week {
  return weekOf(addDays(today, -1));
}

export function weekBefore({ from }: Week): Week {
  return weekOf(addDays(from, -7));
}

/** `2026-W48` (ISO 8601), or a day of the week in any way of writing; null where there is no such week. */
export function weekTyped(typed: string): Week | null {
  const [, year, number] = /^(\d{4})-?W(\d{2})$/i.exec(typed.trim()) ?? [];
  if (year === undefined) {
    const day = dayTyped(typed);
    return day === null ? null : weekOf(day);
  }
  // ISO 8601: the first week of a year holds its 4 January.
  const week = weekOf(addDays(weekOf(`${year}-01-04`).from, 7 * (Number(number) - 1)));
  return isoWeek(week) === `${year}-W${number}` ? week : null;
}

/** The week as ISO 8601 writes it, `2026-W48`: the year is that of its Thursday. */
export function isoWeek({ from }: Week): string {
  const year = addDays(from, 3).slice(0, 4);
  const first = weekOf(`${year}-01-04`).from;
  const weeks = daysBetween(first, from) / 7;
  return `${year}-W${String(weeks + 1).padStart(2, "0")}`;
}
