import type { Problem } from "#ledger/problem";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** The steps, each done or not yet, and the goal. */
export function measuresList(visit: Visit, problem: Pick<Problem, "measures" | "measuresDone" | "goal">): Html {
  const words = visit.words.publicSide.problem;
  const done = new Set(problem.measuresDone);
  const [only] = problem.measures;
  const line = (measure: string, i: number) =>
    html`${measure}${done.has(i) ? html` <span class="step-done">${words.measureDone}</span>` : ""}`;
  const list =
    problem.measures.length === 1 && only !== undefined
      ? html`<p>${line(only, 0)}</p>`
      : html`<ol>
          ${problem.measures.map((measure, i) => html`<li>${line(measure, i)}</li>`)}
        </ol>`;
  return html`${list}
    <p class="goal"><span class="mist">${words.goalIs}</span>${problem.goal}</p>`;
}
