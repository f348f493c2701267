import { dayOf } from "#platform/instant";
import type { Story } from "#publication/problem-story";
import { html, type Html } from "#doors/web/html";
import { beforeAndAfter } from "#doors/web/public/problem-parts";
import { dayText } from "#doors/web/ui/day";
import { measuresList, seenMeasures } from "#doors/web/ui/measures";
import type { Visit } from "#doors/web/visit";

/** What the responsible side says it has done, with its pictures: whoever is asked whether it is solved sees it first. */
export function whatWasDone(visit: Visit, told: Story | null): Html {
  const declared = told?.events.findLast(({ verb }) => verb === "problem.rectified");
  if (told === null || declared === undefined) return html``;
  const words = visit.words.report.story.question;
  const { done = "", undone = "" } = declared.words;
  return html`<h3>${words.done(dayText(visit, dayOf(declared.at)))}</h3>
    ${done === "" ? "" : html`<p class="as-typed">${done}</p>`}
    ${beforeAndAfter(visit, told)}
    ${measuresList(visit, told.problem, seenMeasures(told.events))}
    ${undone === "" ? "" : html`<p class="as-typed">${visit.words.events.undone(undone)}</p>`}`;
}
