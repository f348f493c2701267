import { addDays, dayOf, daysBetween, startOf, type Day } from "#platform/instant";
import { Refusal } from "#refusals";
import { addWorkingDays, workingDaysBetween, type Calendar } from "#standards/workdays/workdays";
import type { Category, LimitUnit } from "./category.ts";

const AMBER_WORKING_DAYS = 3;
const AMBER_SHARE = 0.2;

/** The instant by which something started at `from` must be done: the end of the last day, or to the minute when hours are counted. */
export function deadlineOf(calendar: Calendar, unit: LimitUnit, limit: number, from: Date): Date {
  if (unit === "hour") return new Date(from.getTime() + limit * 3_600_000);
  const last = unit === "calendar_day" ? addDays(dayOf(from), limit) : known(addWorkingDays(calendar, dayOf(from), limit));
  return startOf(addDays(last, 1));
}

/** The latest due day the category allows to a problem assigned on `from`. */
export function latestDueOn(category: Pick<Category, "limitUnit" | "finishLimit">, calendar: Calendar, from: Day): Day {
  return laterBy(category.limitUnit, category.finishLimit, calendar, from);
}

/** The latest day an extension may reach, counted from the day that was due. */
export function latestExtensionOn(category: Pick<Category, "limitUnit" | "extensionLimit">, calendar: Calendar, dueOn: Day): Day {
  return category.extensionLimit === 0 ? dueOn : laterBy(category.limitUnit, category.extensionLimit, calendar, dueOn);
}

/**
 * The first day on which the light is amber: at most 3 working days, or a fifth of the span, are left – whichever is more
 * (rules-of-the-ledger §3). Never before `from`.
 */
export function amberOn(calendar: Calendar, from: Day, dueOn: Day): Day {
  const byShare = addDays(dueOn, -Math.floor(Math.max(0, daysBetween(from, dueOn)) * AMBER_SHARE));
  const byDays = earliestWithAtMost(calendar, from, dueOn, AMBER_WORKING_DAYS);
  return [byDays, byShare].reduce((earliest, day) => (day < earliest ? day : earliest));
}

function laterBy(unit: LimitUnit, limit: number, calendar: Calendar, from: Day): Day {
  if (unit === "hour") return addDays(from, Math.ceil(limit / 24));
  return unit === "calendar_day" ? addDays(from, limit) : known(addWorkingDays(calendar, from, limit));
}

/** Walks back from the due day, no further than `from`, while at most `count` working days are left. */
function earliestWithAtMost(calendar: Calendar, from: Day, dueOn: Day, count: number): Day {
  let earliest = dueOn;
  while (earliest > from && known(workingDaysBetween(calendar, addDays(earliest, -1), dueOn)) <= count) earliest = addDays(earliest, -1);
  return earliest;
}

function known<T>(counted: T | null): T {
  if (counted === null) throw new Refusal("calendar/year-unknown");
  return counted;
}
