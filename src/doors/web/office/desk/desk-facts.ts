import { isAhead, isWaiting } from "#verification/gate";
import type { ProblemDesk } from "#office/desk";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { dayText, dayWords } from "#doors/web/ui/day";
import { measuresList, seenMeasures } from "#doors/web/ui/measures";
import { whereWords } from "#doors/web/ui/where";
import { nameOf, type Visit } from "#doors/web/visit";

/** What the public page says of the problem, and every day on which something ends: nobody has to leave the desk for it. */
export function factsPanel(visit: Visit, names: Directory, { standing: { problem }, round, events }: ProblemDesk): Html {
  const { desk, publicSide } = visit.words;
  const words = publicSide.problem;
  const answersUntil = round.questions.filter((question) => isWaiting(question, visit.at)).map(({ openUntil }) => dayOf(openUntil));
  const lastDay = round.notice?.lastDay ?? null;
  const lookBacks = round.lookBacks.filter(isAhead).map(({ dueOn }) => dueOn);
  const facts: readonly (readonly [string, Html | string | null])[] = [
    [words.place, whereWords(visit, names, problem)],
    [words.due, problem.dueOn === null ? null : html`${dayWords(visit, problem.dueOn)}${originally(visit, problem)}`],
    [visit.words.common.how, problem.measures.length === 0 ? null : measuresList(visit, problem, seenMeasures(events.toReversed()))],
    [words.campaign, problem.campaign === null ? null : nameOf(visit, names.campaigns.get(problem.campaign))],
    [desk.answersUntil, daysIn(visit, answersUntil)],
    [desk.noticeUntil, daysIn(visit, lastDay === null ? [] : [lastDay])],
    [words.lookBacks, daysIn(visit, lookBacks)],
  ];
  return html`<section class="card mb-3">
    <div class="card-body">
      <h2 class="card-name">${words.details}</h2>
      ${problem.details === "" ? "" : html`<p class="office-words">${problem.details}</p>`}
      <dl class="office-facts">
        ${facts.map(([name, fact]) => (fact === null ? "" : factLine(name, fact)))}
      </dl>
    </div>
  </section>`;
}

function factLine(name: string, fact: Html | string): Html {
  return html`<dt>${name}</dt>
    <dd>${fact}</dd>`;
}

function originally(visit: Visit, { dueOn, originalDueOn }: ProblemDesk["standing"]["problem"]): Html | "" {
  if (originalDueOn === null || originalDueOn === dueOn) return "";
  return html` <span class="hint">${visit.words.publicSide.problem.originally(dayText(visit, originalDueOn))}</span>`;
}

/** Each day once, in their order. */
function daysIn(visit: Visit, days: readonly string[]): string | null {
  if (days.length === 0) return null;
  return [...new Set(days)]
    .sort()
    .map((day) => dayText(visit, day))
    .join(visit.words.events.list);
}
