/** A calendar day, `YYYY-MM-DD`. */
type Day = string;

/**
 * China's official working days: which years the State Council has published, and the days that differ from the plain week,
 * `off` (a holiday) or `work` (a weekend day worked, 调休). Shared/standards.md §7.4.
 */
export type Calendar = {
  readonly years: ReadonlySet<number>;
  readonly days: ReadonlyMap<Day, "off" | "work">;
};

/** Whether the day is worked; null when its year is not published: a plain week is never assumed. */
export function isWorkingDay(calendar: Calendar, day: Day): boolean | null {
  if (!calendar.years.has(Number(day.slice(0, 4)))) return null;
  const kind = calendar.days.get(day);
  return kind === undefined ? !isWeekend(day) : kind === "work";
}

/** The first working day on the day or after it; null when an unpublished year is reached first. */
export function workingDayOnOrAfter(calendar: Calendar, day: Day): Day | null {
  let at = day;
  for (;;) {
    const works = isWorkingDay(calendar, at);
    if (works === null) return null;
    if (works) return at;
    at = next(at, 1);
  }
}

/**
 * The nth working day after the day (before it, when n is negative); the day itself does not count.
 * Zero gives the first working day on or after it. Null when an unpublished year is needed.
 */
export function addWorkingDays(calendar: Calendar, day: Day, n: number): Day | null {
  if (isWorkingDay(calendar, day) === null) return null;
  if (n === 0) return workingDayOnOrAfter(calendar, day);
  const step = n > 0 ? 1 : -1;
  let left = Math.abs(n);
  let at = day;
  while (left > 0) {
    at = next(at, step);
    const works = isWorkingDay(calendar, at);
    if (works === null) return null;
    if (works) left -= 1;
  }
  return at;
}

/** A day that counting leads to. When unpublished days lie on the way it is not `known`: `day` is then the earliest it can be. */
export type Reach = { readonly day: Day; readonly known: boolean };

/** The nth working day after the day, n ≥ 1, as far as it can be said: unpublished days count as worked, so it is never really earlier. */
export function reachOf(calendar: Calendar, day: Day, n: number): Reach {
  let at = day;
  let known = isWorkingDay(calendar, day) !== null;
  for (let left = n; left > 0;) {
    at = next(at, 1);
    const works = isWorkingDay(calendar, at);
    if (works === null) known = false;
    if (works !== false) left -= 1;
  }
  return { day: at, known };
}

/** Working days after `from` up to and with `to`, unpublished ones counted as worked: there are never really more. */
export function mostWorkingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
  let count = 0;
  for (let at = next(from, 1); at <= to; at = next(at, 1)) if (isWorkingDay(calendar, at) !== false) count += 1;
  return count;
}

/** Working days after `from` up to and with `to`; negative when `to` is earlier. Null when a day between is of an unpublished year. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number | null {
  if (from > to) {
    const reversed = workingDaysBetween(calendar, to, from);
    return reversed === null ? null : 0 - reversed;
  }
  if (isWorkingDay(calendar, from) === null) return null;
  let count = 0;
  for (let at = next(from, 1); at <= to; at = next(at, 1)) {
    const works = isWorkingDay(calendar, at);
    if (works === null) return null;
    if (works) count += 1;
  }
  return count;
}

export function isWeekend(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

function next(day: Day, step: 1 | -1): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + step * 86_400_000).toISOString().slice(0, 10);
}
