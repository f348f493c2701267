import { firstReplyDueOn } from "#intake/report";
import { DAY_MS, dayOf, startOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { dayWords, instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

const SOON_MS = DAY_MS;

/** By when a report's first reply is due; amber on its last day, red afterwards. Unknown while the calendar of that year is missing. */
export function replyLamp(visit: Visit, dueAt: Date | null): Html {
  const words = visit.words.office.today.replyWords;
  if (dueAt === null) return html`<span class="lamp grey">${words.unknown}</span>`;
  const left = dueAt.getTime() - visit.at.getTime();
  const late = left <= 0;
  const light = late ? "red" : left <= SOON_MS ? "amber" : "green";
  return html`<span class="lamp ${light}">
    <span>${words.by}${replyDue(visit, dueAt)}${late ? words.late : words.before}</span>
  </span>`;
}

/** A limit in days ends with its last day, one in hours at its minute. */
export function replyDue(visit: Visit, dueAt: Date): Html {
  const lastDay = firstReplyDueOn(dueAt);
  return lastDay !== null && startOf(dayOf(dueAt)).getTime() === dueAt.getTime() ? dayWords(visit, lastDay) : instantWords(visit, dueAt);
}
