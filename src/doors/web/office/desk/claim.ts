import type { ProblemDesk } from "#office/desk";
import { html, type Html } from "#doors/web/html";
import { measuresList } from "#doors/web/ui/measures";
import type { Visit } from "#doors/web/visit";

/** What the responsible side says it has done, measure by measure: the verifier reads it right above the question. */
export function claimed(visit: Visit, { standing, rectifications }: ProblemDesk): Html {
  const claim = rectifications.at(-1);
  if (claim === undefined) return html``;
  const words = visit.words.desk;
  return html`<div class="claimed">
    <b>${words.claimed}</b>
    <p class="office-words">${claim.done}</p>
    ${measuresList(visit, standing.problem)}
    ${claim.undone === "" ? "" : html`<p class="office-words">${visit.words.events.undone(claim.undone)}</p>`}
  </div>`;
}
