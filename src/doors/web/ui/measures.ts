import type { Problem } from "#ledger/problem";
import type { Fact } from "#platform/canonical-json";
import type { PublicVerb } from "#publication/public-verbs";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** Which measures whoever checked it last saw carried out, by position; null while no check of what was last declared tells. */
export type Seen = ReadonlySet<number> | null;

/** The steps, each done or not yet, and seen or not by whoever checked it; and the goal. */
export function measuresList(visit: Visit, problem: Pick<Problem, "measures" | "measuresDone" | "goal">, seen: Seen = null): Html {
  const words = visit.words.publicSide.problem;
  const done = new Set(problem.measuresDone);
  const [only] = problem.measures;
  const line = (measure: string, i: number) =>
    html`${measure}${done.has(i) ? html` <span class="step-done">${words.measureDone}</span>` : ""}${seenMark(visit, seen, i)}`;
  const list =
    problem.measures.length === 1 && only !== undefined
      ? html`<p>${line(only, 0)}</p>`
      : html`<ol>
          ${problem.measures.map((measure, i) => html`<li>${line(measure, i)}</li>`)}
        </ol>`;
  return html`${list}${goalOf(visit, problem)}`;
}

export function goalOf(visit: Visit, { goal }: Pick<Problem, "goal">): Html {
  return html`<p class="goal"><span class="mist">${visit.words.publicSide.problem.goalIs}</span>${goal}</p>`;
}

function seenMark(visit: Visit, seen: Seen, position: number): Html {
  if (seen === null) return html``;
  const { measureSeen, measureNotSeen } = visit.words.publicSide.problem;
  return seen.has(position)
    ? html` <span class="step-done">${measureSeen}</span>`
    : html` <span class="step-not-seen">${measureNotSeen}</span>`;
}

type Told = { readonly verb: string; readonly facts: { readonly [name: string]: Fact } };

const SAYS_SEEN: readonly string[] = ["check.passed", "check.failed"] satisfies PublicVerb[];
const BEGINS_ANEW: readonly string[] = ["problem.rectified", "look-back.relapsed", "problem.recurred"] satisfies PublicVerb[];

/** As the latest check tells, of events in their order: what is declared anew, or came back, has not been looked at. */
export function seenMeasures(events: readonly Told[]): Seen {
  const last = events.findLast(({ verb }) => SAYS_SEEN.includes(verb) || BEGINS_ANEW.includes(verb));
  const seen = last?.facts["measuresSeen"];
  return Array.isArray(seen) ? new Set(seen.map(Number)) : null;
}
