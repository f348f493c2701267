import type { ProblemDesk } from "#office/desk";
import { hasDuty, type Officer } from "#people/officer";
import { html, type Html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** A reporter says that this problem is not what they meant: whoever decides anything here reads it first. */
export function disputesNote(visit: Visit, officer: Officer, { disputes }: ProblemDesk): Html {
  if (disputes.length === 0) return html``;
  const words = visit.words.desk;
  const mayOpenIt = hasDuty(officer, "clerk", "office");
  const line = ({ report, since }: ProblemDesk["disputes"][number]) =>
    html`<li>
      ${instantWords(visit, since)}
      ${mayOpenIt ? html`<a href="/office/inbox/${report}">${words.disputeLook}</a>` : ""}
    </li>`;
  return html`<section class="alert alert-warning" aria-labelledby="disputes">
    <h2 id="disputes">${words.disputed}</h2>
    <ul class="reports">
      ${disputes.map(line)}
    </ul>
    <p class="hint">${words.disputedHint}</p>
  </section>`;
}
