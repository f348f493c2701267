import { lampOf, type Problem } from "#ledger/problem";
import { shortened } from "#platform/characters";
import type { Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { nameOf, type Visit } from "#doors/web/visit";
import { dayText } from "./day.ts";
import { lampWords } from "./lamp.ts";

const LONGEST_MEASURES = 120;

/**
 * One problem in a list. Twenty of these are most of what the ledger costs: one template, plain strings in it,
 * and nothing is looked up but names that are already in memory.
 */
export function entryCard(visit: Visit, names: Directory, problem: Problem, today: Day): Html {
  const { common } = visit.words;
  const words = visit.words.publicSide.entry;
  const lamp = lampOf(problem, today);
  const theme = problem.theme === null ? names.categories.get(problem.category) : names.themes.get(problem.theme);
  return html`<article class="entry ${lamp.light}">
    <header>
      <b>${problem.number}</b>
      <span>${nameOf(visit, theme)}</span>
      <span>
        ${words.openedOn.before}<time datetime="${problem.openedOn}">${dayText(visit, problem.openedOn)}</time>${words.openedOn.after}
      </span>
    </header>
    <dl class="three">
      <div>
        <dt>${common.what}</dt>
        <dd>
          <h3>
            <a href="/ledger/${problem.number}">${problem.title}</a>
          </h3>
        </dd>
      </div>
      <div>
        <dt>${common.how}</dt>
        <dd>${measuresText(visit, problem)}</dd>
      </div>
      <div>
        <dt>${common.who}</dt>
        ${whoAnswers(visit, names, problem)}
      </div>
    </dl>
    <footer>
      <span class="lamp">${lampWords(visit, lamp)}</span>${countsOf(visit, problem)}
      <a href="/ledger/${problem.number}" aria-label="${words.moreOf(problem.number)}">${words.more}</a>
    </footer>
  </article>`;
}

/** The names that stand for it, their unit, and the seal once it is struck off. */
export function whoAnswers(visit: Visit, names: Directory, problem: Problem): Html {
  return html`<dd class="who">
    <p>
      <b>${leadersText(visit, names, problem)}</b>
      <span class="unit">${problem.unit === null ? "" : nameOf(visit, names.units.get(problem.unit))}</span>
    </p>
    ${sealOf(visit, problem)}
  </dd>`;
}

/** 已销号, in a place of its own beside the names; the light says the same in words. */
function sealOf(visit: Visit, problem: Problem): Html | null {
  return problem.status === "closed" ? html`<span class="struck" aria-hidden="true">${visit.words.publicSide.entry.struck}</span>` : null;
}

/** Steps, progress, where it came from, what reporters said. */
export function countsOf(visit: Visit, problem: Problem): Html {
  const words = visit.words.publicSide.entry;
  const counts = [problem.reportCount === 0 ? words.noReports : words.reports(problem.reportCount)];
  if (problem.answeredCount > 0) counts.push(words.satisfied(problem.satisfiedCount, problem.answeredCount));
  if (problem.meTooCount > 0) counts.push(words.meToo(problem.meTooCount));
  if (problem.relapseCount > 0) counts.push(words.relapsed(problem.relapseCount));
  const steps =
    problem.status === "assigned" && problem.measures.length > 1
      ? html`<span>${words.steps(problem.measuresDone.length, problem.measures.length)}</span>`
      : "";
  const progress = problem.progressCount > 0 ? html`<span>${words.progress(problem.progressCount)}</span>` : "";
  return html`${steps}${progress}<span>${counts.join(" · ")}</span>`;
}

/** The leaders' names, or that nobody is answerable yet. */
export function leadersText(visit: Visit, names: Directory, problem: Problem): string {
  if (problem.leaders.length === 0) return problem.status === "dismissed" ? "—" : visit.words.publicSide.entry.nobodyYet;
  return problem.leaders.map((leader) => names.officers.get(leader)?.name ?? "—").join(visit.words.events.list);
}

export function measuresText(visit: Visit, problem: Problem): string {
  const words = visit.words.publicSide.entry;
  if (problem.status === "dismissed") return words.notTaken;
  if (problem.measures.length === 0) return words.nothingYet;
  return shortened(problem.measures.join(visit.words.events.stop), LONGEST_MEASURES);
}
