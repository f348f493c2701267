import { isId } from "#platform/ids";
import type { Day } from "#platform/instant";
import {
  COUNTED,
  isKeyOf,
  listCounted,
  type Counted,
  type CountedEntry,
  type CountedPage,
  type ListCounted,
} from "#publication/counted-entries";
import type { Directory } from "#publication/directory";
import { FIGURES, type Circle, type FigureName } from "#publication/figures";
import { errorPage } from "#doors/web/error-pages";
import { html, type Html } from "#doors/web/html";
import { shortDay } from "#doors/web/ui/day";
import { channelName } from "#doors/web/ui/told";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";

const SHOWN = 50;

/** Where one number opens: the town's, or a unit's or campaign's. */
export function countedHref(counted: Counted, circle: Partial<Circle> = {}, before: string | null = null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...circle, before })) if (value !== null) query.set(name, value);
  return `/figures/${counted}${query.size === 0 ? "" : `?${query.toString()}`}`;
}

export function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)}%`;
}

/** The entries behind one number, a page at a time. */
export async function countedPage(visit: Visit, asked: { readonly figure: string }): Promise<Response> {
  const words = visit.words.figures;
  const counted = COUNTED.find((known) => known === asked.figure);
  const { unit = null, campaign = null, before = null } = visit.context.req.query();
  if (counted === undefined) return errorPage(visit, 404, words.unknown, words.unknownHint);
  if ((before !== null && !isKeyOf(counted, before)) || [unit, campaign].some((id) => id !== null && !isId(id)))
    return errorPage(visit, 400, visit.words.common.errors.badRequest, words.unknownHint);
  const circle = { unit, campaign };
  const page = await listCounted(visit.town, visit.at, { counted, circle, before, limit: SHOWN });
  const names = await visit.names(page.version);
  const whose = names.units.get(unit ?? "") ?? names.campaigns.get(campaign ?? "");
  const { title, what } = isFigure(counted) ? words.names[counted] : words.counts[counted];
  const body = html`<a class="back" href="/figures">← ${words.back}</a>
    <h1>${title}</h1>
    ${whose === undefined ? "" : html`<p class="lead">${nameOf(visit, whose)}</p>`}
    <p class="lead">${what}</p>
    <h2>${words.entries}</h2>
    ${
      page.entries.length === 0
        ? html`<div class="empty">
            <p>${words.none}</p>
          </div>`
        : html`${table(visit, names, counted, page)} ${turning(visit, { counted, circle, before }, page)}`
    }`;
  return publicPage(visit, names, { title, at: "figures", body });
}

function table(visit: Visit, names: Directory, counted: Counted, page: CountedPage): Html {
  const words = visit.words.figures;
  const ofWhich = isFigure(counted) ? `${words.names[counted].counted} / ${words.names[counted].of}` : null;
  const days = counted === "response" || counted === "relapse" || counted === "silent" ? counted : "problem";
  return html`<section class="table-responsive" aria-label="${words.entries}" tabindex="0">
    <table class="table stacked">
      <thead>
        <tr>
          <th scope="col">${words.entry}</th>
          <th scope="col">${words.unit}</th>
          <th scope="col">${words.entryDay[days]}</th>
          <th scope="col">${words.doneDay[days]}</th>
          ${ofWhich === null ? "" : html`<th scope="col">${ofWhich}</th>`}
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
              ${ofWhich === null ? "" : adds(visit, counted, ofWhich, entry)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function isFigure(counted: Counted): counted is FigureName {
  return FIGURES.some((figure) => figure === counted);
}

/** What the entry adds to the figure. */
function adds(visit: Visit, counted: Counted, label: string, entry: CountedEntry): Html {
  const words = visit.words.figures;
  const moved = html`<br>
    <span class="mist">${words.wasExtended}</span>`;
  return html`<td data-label="${label}">
    ${words.share(entry.counted, entry.of)}${counted === "on-time" && entry.extended ? moved : ""}
  </td>`;
}

function entryName(visit: Visit, { number, title, channel }: CountedEntry): Html {
  if (number !== null) return html`<a class="in-line" href="/ledger/${number}">${number}</a> ${title ?? ""}`;
  return html`${visit.words.figures.privateReport(channel === null ? "" : channelName(visit, channel))}`;
}

function dayOrNot(visit: Visit, day: Day | null): Html {
  return day === null ? html`<span class="mist">${visit.words.figures.notYet}</span>` : shortDay(visit, day);
}

function turning(visit: Visit, { counted, circle, before }: Omit<ListCounted, "limit">, page: CountedPage): Html {
  const words = visit.words.figures;
  if (before === null && page.next === null) return html``;
  return html`<nav class="pages" aria-label="${words.entries}">
    ${before === null ? "" : html`<a class="btn" href="${countedHref(counted, circle)}">← ${words.newest}</a>`}
    ${page.next === null ? "" : html`<a class="btn" rel="next" href="${countedHref(counted, circle, page.next)}">${words.older} →</a>`}
  </nav>`;
}
