import { firstReplyDueOn } from "#intake/report";
import { replyDueIn } from "#intake/reply-due";
import { dayOf, startOf, type Day } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { dayWords, instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/**
 * By when a report's first reply is due: amber from the working day before (`next` is the one after today), red afterwards. Unknown while
 * the calendar of that year is missing.
 */
export function replyLamp(visit: Visit, dueAt: Date | null, next: Day): Html {
  const words = visit.words.office.today.replyWords;
  if (dueAt === null) return html`<span class="lamp grey">${words.unknown}</span>`;
  const due = replyDueIn(visit.at, next, dueAt);
  const late = due === "late";
  const light = late ? "red" : due === null ? "green" : "amber";
  return html`<span class="lamp ${light}">
    <span>${words.by}${replyDue(visit, dueAt)}${late ? words.late : words.before}</span>
  </span>`;
}

/** A limit in days ends with its last day, one in hours at its minute. */
export function replyDue(visit: Visit, dueAt: Date): Html {
  const lastDay = firstReplyDueOn(dueAt);
  return lastDay !== null && startOf(dayOf(dueAt)).getTime() === dueAt.getTime() ? dayWords(visit, lastDay) : instantWords(visit, dueAt);
}
