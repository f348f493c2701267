import type { LookAlike } from "#intake/look-alikes";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { categoryWords } from "#doors/web/ui/category";
import { instantWords } from "#doors/web/ui/day";
import { whereWords } from "#doors/web/ui/where";
import type { Visit } from "#doors/web/visit";
import { filterOf, reportAddress } from "./filter-address.ts";

/** Reports that perhaps say the same again, beside the one on the page: the clerk reads both and decides. */
export function lookAlikesPanel(visit: Visit, names: Directory, others: readonly LookAlike[]): Html {
  const words = visit.words.office.inbox;
  if (others.length === 0) return html``;
  return html`<section class="card office-report" aria-labelledby="look-alikes">
    <h2 id="look-alikes">${words.perhapsSame}</h2>
    <p class="hint">${words.perhapsSameHint}</p>
    <ul class="office-history">
      ${others.map((other) => lookAlike(visit, names, other))}
    </ul>
  </section>`;
}

function lookAlike(visit: Visit, names: Directory, other: LookAlike): Html {
  const words = visit.words.office.inbox;
  const state = other.problemNumber === null ? words.statuses[other.status] : `${words.statuses[other.status]} ${other.problemNumber}`;
  return html`<li>
    <a href="${reportAddress(filterOf(visit), other.id)}" aria-label="${words.openTitled(other.title)}">${other.title}</a>
    <p class="hint">${other.by.map((by) => words.sameBy[by]).join(" · ")}</p>
    ${other.details === "" ? "" : html`<p class="office-words">${other.details}</p>`}
    <p>
      ${instantWords(visit, other.receivedAt)} · ${whereWords(visit, names, other) ?? "—"} ·
      ${categoryWords(visit, names, other.category)} · ${state}
    </p>
  </li>`;
}
