import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { THE_CALENDAR } from "#audit/the-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { choice, day, line, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { isWeekend } from "#standards/workdays/workdays";
import { calendarVersion } from "./calendar.ts";
import { appendEvent } from "./events.ts";

/** One year as the State Council published it: only the days that differ from the plain week. */
export const ImportCalendar = z.object({
  year: z.number().int().min(2000).max(2200),
  source: line(200),
  days: z
    .array(z.object({ day, kind: choice(["off", "work"]), name: optionalLine(40) }))
    .min(1)
    .max(200),
});
export type ImportCalendar = z.infer<typeof ImportCalendar>;

/** Imports a year of the official calendar; the same year again replaces it. `by` null: at set-up. */
export async function importCalendar(town: Town, by: Officer | null, at: Date, what: ImportCalendar): Promise<void> {
  await transact(town, async (town) => {
    if (by !== null) refuse(whyNotDuty(by, "system_admin"));
    refuse(whyNotCalendar(what));
    const year = { source: what.source, imported_at: at, imported_by: by?.id ?? null };
    await town.db
      .insertInto("limits.calendar_year")
      .values({ town: town.id, year: what.year, ...year })
      .onConflict((conflict) =>
        conflict.columns(["town", "year"]).doUpdateSet((eb) => ({ ...year, version: eb("limits.calendar_year.version", "+", 1) })),
      )
      .execute();
    await town.db
      .deleteFrom("limits.calendar_day")
      .where("town", "=", town.id)
      .where("day", ">=", `${what.year}-01-01`)
      .where("day", "<=", `${what.year}-12-31`)
      .execute();
    await town.db
      .insertInto("limits.calendar_day")
      .values(what.days.map(({ day, kind, name }) => ({ town: town.id, day, kind, name_zh: name })))
      .execute();
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "calendar.imported",
      subject: THE_CALENDAR,
      facts: { year: what.year, days: what.days.length, version: await calendarVersion(town), calendar: what.days },
      words: { source: what.source },
    });
  });
}

/** A day of another year, twice the same day, or a weekday said to be a make-up day: not a calendar anybody published. */
export function whyNotCalendar(what: ImportCalendar): RefusalCode | null {
  const days = what.days.map(({ day }) => day);
  if (new Set(days).size !== days.length) return "calendar/malformed";
  if (days.some((day) => !day.startsWith(`${what.year}-`))) return "calendar/malformed";
  if (what.days.some(({ day, kind }) => kind === "work" && !isWeekend(day))) return "calendar/malformed";
  if (!what.days.some(({ kind }) => kind === "off")) return "calendar/malformed";
  return null;
}
