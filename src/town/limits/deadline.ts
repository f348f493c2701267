import { addDays, dayOf, daysBetween, HOUR_MS, startOf, type Day } from "#platform/instant";
import { mostWorkingDaysBetween, reachOf, type Calendar, type Reach } from "#standards/workdays/workdays";
import type { Category, LimitUnit } from "./category.ts";

const AMBER_WORKING_DAYS = 3;
const AMBER_SHARE = 0.2;

/**
 * The instant by which something started at `from` must be done: the end of the last day, or to the minute when hours are counted.
 * Null until the calendar it needs arrives.
 */
export function deadlineOf(calendar: Calendar, unit: LimitUnit, limit: number, from: Date): Date | null {
  if (unit === "hour") return new Date(from.getTime() + limit * HOUR_MS);
  const last = laterBy(unit, limit, calendar, dayOf(from));
  return last.known ? startOf(addDays(last.day, 1)) : null;
}

/** The latest due day the category allows to a problem assigned on `from`; not `known`: the latest that it certainly allows. */
export function latestDueOn(category: Pick<Category, "limitUnit" | "finishLimit">, calendar: Calendar, from: Day): Reach {
  return laterBy(category.limitUnit, category.finishLimit, calendar, from);
}

/** The latest day an extension may reach, counted from the day that was due; not `known`: the latest that it certainly may. */
export function latestExtensionOn(category: Pick<Category, "limitUnit" | "extensionLimit">, calendar: Calendar, dueOn: Day): Reach {
  return category.extensionLimit === 0
    ? { day: dueOn, known: true }
    : laterBy(category.limitUnit, category.extensionLimit, calendar, dueOn);
}

/**
 * The first day on which the light is amber: at most 3 working days, or a fifth of the span, are left – whichever is more
 * (rules-of-the-ledger §3). Never before `from`. Where a year is not published it is the first day on which that is certain:
 * an amber light is never wrong, and is counted again when the calendar arrives.
 */
export function amberOn(calendar: Calendar, from: Day, dueOn: Day): Day {
  const byShare = addDays(dueOn, -Math.floor(Math.max(0, daysBetween(from, dueOn)) * AMBER_SHARE));
  const byDays = earliestWithAtMost(calendar, from, dueOn, AMBER_WORKING_DAYS);
  return byDays < byShare ? byDays : byShare;
}

function laterBy(unit: LimitUnit, limit: number, calendar: Calendar, from: Day): Reach {
  if (unit === "hour") return { day: addDays(from, Math.ceil(limit / 24)), known: true };
  return unit === "calendar_day" ? { day: addDays(from, limit), known: true } : reachOf(calendar, from, limit);
}

/** Walks back from the due day, no further than `from`, while at most `count` working days are left. */
function earliestWithAtMost(calendar: Calendar, from: Day, dueOn: Day, count: number): Day {
  let earliest = dueOn;
  while (earliest > from && mostWorkingDaysBetween(calendar, addDays(earliest, -1), dueOn) <= count) earliest = addDays(earliest, -1);
  return earliest;
}
