import type { LastDay } from "#ledger/due-days";
import type { RefusalCode } from "#refusals";
import { dayText } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** The last day a form may name, and the rule that decides it, in words; until the calendar arrives, the last one that is certain. */
export function latestDay(visit: Visit, { day, known, by }: LastDay): string {
  const { limit, limitUntilCalendar } = visit.words.desk;
  return (known ? limit : limitUntilCalendar)[by](dayText(visit, day));
}

/** Why a day was refused: a day beyond the limit is told which day that is, by which rule, and how a later one is come by. */
export function whyNotThatDay(visit: Visit, refused: RefusalCode, last: LastDay | null): string {
  if (refused !== "due/beyond-limit" || last === null) return visit.words.refusals.codes[refused];
  return visit.words.desk.beyondLimit[last.by](latestDay(visit, last));
}
