import { dayOf, type Day } from "#platform/instant";
import { isKeyOf, listCounted, type CountedEntry, type CountedPage } from "#publication/counted-entries";
import type { Directory } from "#publication/directory";
import { FIGURES, type FigureName } from "#publication/figures";
import { errorPage } from "#doors/web/error-pages";
import { html, type Html } from "#doors/web/html";
import { shortDay } from "#doors/web/ui/day";
import { channelName } from "#doors/web/ui/told";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";

const SHOWN = 50;

/** The entries behind one figure, a page at a time. */
export async function countedPage(visit: Visit, asked: { readonly figure: string }): Promise<Response> {
  const words = visit.words.figures;
  const figure = FIGURES.find((known) => known === asked.figure);
  const before = visit.context.req.query("before") ?? null;
  if (figure === undefined) return errorPage(visit, 404, words.unknown, words.unknownHint);
  if (before !== null && !isKeyOf(figure, before)) return errorPage(visit, 400, visit.words.common.errors.badRequest, words.unknownHint);
  const page = await listCounted(visit.town, figure, before, SHOWN, visit.at, dayOf(visit.at));
  const names = await visit.names(page.version);
  const { title, what } = words.names[figure];
  const body = html`<a class="back" href="/figures">← ${words.back}</a>
    <h1>${title}</h1>
    <p class="lead">${what}</p>
    <h2>${words.entries}</h2>
    ${
      page.entries.length === 0
        ? html`<div class="empty">
            <p>${words.none}</p>
          </div>`
        : html`${table(visit, names, figure, page)} ${turning(visit, figure, before, page)}`
    }`;
  return publicPage(visit, names, { title, at: "figures", body });
}

function table(visit: Visit, names: Directory, figure: FigureName, page: CountedPage): Html {
  const words = visit.words.figures;
  const ofWhich = `${words.names[figure].counted} / ${words.names[figure].of}`;
  const days = figure === "response" || figure === "relapse" ? figure : "problem";
  return html`<section class="table-responsive" aria-label="${words.entries}" tabindex="0">
    <table class="table stacked">
      <thead>
        <tr>
          <th scope="col">${words.entry}</th>
          <th scope="col">${words.unit}</th>
          <th scope="col">${words.entryDay[days]}</th>
          <th scope="col">${words.doneDay[days]}</th>
          <th scope="col">${ofWhich}</th>
        </tr>
      </thead>
      <tbody>
        ${page.entries.map(
          (entry) =>
            html`<tr>
              <td>${entryName(visit, entry)}</td>
              <td data-label="${words.unit}">${entry.unit === null ? "—" : nameOf(visit, names.units.get(entry.unit))}</td>
              <td class="nowrap" data-label="${words.entryDay[days]}">${dayOrNot(visit, entry.on)}</td>
              <td class="nowrap" data-label="${words.doneDay[days]}">${dayOrNot(visit, entry.doneOn)}</td>
              <td data-label="${ofWhich}">
                ${words.share(entry.counted, entry.of)}${
                  figure === "on-time" && entry.extended
                    ? html`<br>
                        <span class="mist">${words.wasExtended}</span>`
                    : ""
                }
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function entryName(visit: Visit, { number, title, channel }: CountedEntry): Html {
  if (number !== null) return html`<a class="in-line" href="/ledger/${number}">${number}</a> ${title ?? ""}`;
  return html`${visit.words.figures.privateReport(channel === null ? "" : channelName(visit, channel))}`;
}

function dayOrNot(visit: Visit, day: Day | null): Html {
  return day === null ? html`<span class="mist">${visit.words.figures.notYet}</span>` : shortDay(visit, day);
}

function turning(visit: Visit, figure: FigureName, before: string | null, page: CountedPage): Html {
  const words = visit.words.figures;
  if (before === null && page.next === null) return html``;
  return html`<nav class="pages" aria-label="${words.entries}">
    ${before === null ? "" : html`<a class="btn" href="/figures/${figure}">← ${words.newest}</a>`}
    ${page.next === null ? "" : html`<a class="btn" rel="next" href="/figures/${figure}?before=${page.next}">${words.older} →</a>`}
  </nav>`;
}
