import { html, type Html } from "#doors/web/html";
import { officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import type { ShownOnce } from "./half-shown.ts";

/** Halves of temporary passwords, a slip for each officer: to be printed and cut apart, shown once. */
export async function slipsPage(visit: Visit, half: "first" | "second", made: readonly ShownOnce[], left = html``): Promise<Response> {
  const words = visit.words.people.slips;
  const names = await visit.names();
  const town = nameOf(visit, names.town);
  const title = words.title[half](made.length);
  const body = html`${officeHead(title, words.under, html`<print-page data-label="${words.print(made.length)}"></print-page>`)}
    <div class="alert alert-warning" role="status">
      <p>${words.next[half]} ${words.lost}</p>
    </div>
    <ol class="slips">
      ${made.map((one) => slip(visit, town, half, one))}
    </ol>
    ${left}
    <p class="no-print">
      <a class="btn" href="/office/people">${visit.words.people.officers.title}</a>
    </p>`;
  return officePage(visit, names, { title, body, at: "people" });
}

function slip(visit: Visit, town: string, half: "first" | "second", { name, login, half: text }: ShownOnce): Html {
  const words = visit.words.people.slips;
  return html`<li class="slip">
    <p>${town} · <b>${name}</b></p>
    <p>${visit.words.people.officers.login} <b>${login}</b></p>
    <p>${words.half[half]} <code>${text}</code></p>
    <p class="hint">${words.how[half]}</p>
  </li>`;
}
