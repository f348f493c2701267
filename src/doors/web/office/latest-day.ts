import type { Reach } from "#standards/workdays/workdays";
import { dayText } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** The last day a form may name, in words; until the calendar arrives, the last one that is certain. */
export function latestDay(visit: Visit, { day, known }: Reach): string {
  const { limit, limitUntilCalendar } = visit.words.desk;
  return known ? limit(dayText(visit, day)) : limitUntilCalendar(dayText(visit, day));
}
