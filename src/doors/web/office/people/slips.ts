import { html } from "#doors/web/html";
import { officeHead, officePage } from "#doors/web/ui/office";
import { slipList } from "#doors/web/ui/slips";
import { nameOf, type Visit } from "#doors/web/visit";
import type { ShownOnce } from "./half-shown.ts";

/** Halves of temporary passwords, a slip for each officer, shown once; `left` is what else stands there to be done. */
export async function slipsPage(visit: Visit, half: "first" | "second", made: readonly ShownOnce[], left = html``): Promise<Response> {
  const words = visit.words.people.slips;
  const names = await visit.names();
  const title = words.title[half](made.length);
  const slips = made.map(({ name, login, half: text }) => ({ name, login, label: words.half[half], text, how: words.how[half] }));
  const body = html`${officeHead(title, words.under, html`<print-page data-label="${words.print(made.length)}"></print-page>`)}
    <div class="alert alert-warning no-print" role="status">
      <p>${words.next[half]} ${words.lost}</p>
    </div>
    ${slipList(visit, nameOf(visit, names.town), slips)}
    ${left}
    <p class="no-print">
      <a class="btn" href="/office/people">${visit.words.people.officers.title}</a>
    </p>`;
  return officePage(visit, names, { title, body, at: "people" });
}
