import type { Report } from "#intake/queries";
import { html, type Html } from "#doors/web/html";
import { candidateWay, type Alike } from "#doors/web/office/candidates";
import type { Visit } from "#doors/web/visit";
import { filterOf, reportAddress } from "./filter-address.ts";

/** What was found by the words that the town is giving a report; null: it took too long to look, and nothing is said. */
export async function alikeInOtherWords(visit: Visit, report: Report, alike: readonly Alike[] | null): Promise<Html> {
  if (alike === null || alike.length === 0) return html``;
  const names = await visit.names();
  const words = visit.words.office.inbox;
  const ways = alike.map((one) => {
    const href = reportAddress(filterOf(visit), report.id, { act: "join", number: one.problem.number });
    return candidateWay(visit, names, one, `${href}#acts`);
  });
  return html`<section class="similar" role="status" aria-label="${words.candidates}">
    <h4>${words.candidates}</h4>
    <p class="hint">${words.candidatesHint}</p>
    ${ways}
  </section>`;
}
