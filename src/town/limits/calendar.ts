import { addDays, dayOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { reachOf, type Calendar } from "#standards/workdays/workdays";

/** The town's official calendar: every year that was imported. */
export async function readCalendar(town: Town): Promise<Calendar> {
  const years = await town.db.selectFrom("limits.calendar_year").select("year").where("town", "=", town.id).execute();
  const days = await town.db.selectFrom("limits.calendar_day").select(["day", "kind"]).where("town", "=", town.id).execute();
  return { years: new Set(years.map(({ year }) => year)), days: new Map(days.map(({ day, kind }) => [day, kind])) };
}

/** The next day after this one that is worked; where its year is not published, the first that may be. */
export async function nextWorkingDay(town: Town, today: Day): Promise<Day> {
  const years = await town.db.selectFrom("limits.calendar_year").select("year").where("town", "=", town.id).execute();
  const days = await town.db
    .selectFrom("limits.calendar_day")
    .select(["day", "kind"])
    .where("town", "=", town.id)
    .where("day", ">", today)
    .where("day", "<=", addDays(today, LONGEST_HOLIDAY_DAYS))
    .execute();
  const calendar = { years: new Set(years.map(({ year }) => year)), days: new Map(days.map(({ day, kind }) => [day, kind])) };
  return reachOf(calendar, today, 1).day;
}

// Nine days are the longest there were; weekends before and behind them are days of the plain week.
const LONGEST_HOLIDAY_DAYS = 30;

export type CalendarYear = {
  readonly year: number;
  readonly source: string;
  readonly importedAt: Date;
  readonly days: readonly { readonly day: Day; readonly kind: "off" | "work"; readonly name: string }[];
};

/** The years as they were imported, the latest first. */
export async function listCalendarYears(town: Town): Promise<readonly CalendarYear[]> {
  const years = await town.db
    .selectFrom("limits.calendar_year")
    .select(["year", "source", "imported_at as importedAt"])
    .where("town", "=", town.id)
    .orderBy("year", "desc")
    .execute();
  const days = await town.db
    .selectFrom("limits.calendar_day")
    .select(["day", "kind", "name_zh as name"])
    .where("town", "=", town.id)
    .orderBy("day")
    .execute();
  return years.map((year) => ({ ...year, days: days.filter(({ day }) => day.startsWith(`${year.year}-`)) }));
}

/** Moves with every import, whichever year it is of: what the form was drawn from. 0 before the first. */
export async function calendarVersion(town: Town): Promise<number> {
  const { version } = await town.db
    .selectFrom("limits.calendar_year")
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>("version"), eb.val("0")).as("version"))
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
  return Number(version);
}

/** `missingYears` of the town, as of its own calendar. */
export async function missingCalendarYears(town: Town, at: Date): Promise<readonly number[]> {
  const years = await town.db.selectFrom("limits.calendar_year").select("year").where("town", "=", town.id).execute();
  return missingYears(new Set(years.map(({ year }) => year)), at);
}

/** The years the office needs and does not have: this one, and from October on (the notice comes in November) the next. */
export function missingYears(known: ReadonlySet<number>, at: Date): readonly number[] {
  const today = dayOf(at);
  const year = Number(today.slice(0, 4));
  const needed = today.slice(5) >= "10-01" ? [year, year + 1] : [year];
  return needed.filter((year) => !known.has(year));
}
