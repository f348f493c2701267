import { dayOf, type Day } from "#platform/instant";
import { isFigure, listCounted, type Counted, type CountedEntry, type CountedPage } from "#publication/counted-entries";
import type { Directory } from "#publication/directory";
import { rateOf, readCircle, type FigureSet } from "#publication/figures";
import { html, type Html } from "#doors/web/html";
import { shortDay } from "#doors/web/ui/day";
import { channelName } from "#doors/web/ui/told";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";
import { asOfLine, citedLine } from "./as-of.ts";
import { answerNumber, countedFileHref, countedFilesHref, countedHref, type AskedNumber } from "./figures-address.ts";
import { leftOutLine } from "./figures-left-out.ts";

const SHOWN = 50;

export function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)}%`;
}

/** One number: what it is, what it is made of, what it leaves out, and the entries behind it, a page at a time. */
export async function countedPage(visit: Visit, { figure }: { readonly figure: string }): Promise<Response> {
  return answerNumber(visit, figure, numberPage);
}

async function numberPage(visit: Visit, asked: AskedNumber): Promise<Response> {
  const words = visit.words.figures;
  const { counted, circle } = asked;
  const [page, set] = await Promise.all([
    listCounted(visit.town, visit.at, { ...asked, limit: SHOWN }),
    readCircle(visit.town, dayOf(visit.at), circle),
  ]);
  const names = await visit.names(page.version);
  const whose = names.units.get(circle.unit ?? "") ?? names.campaigns.get(circle.campaign ?? "");
  const { what } = isFigure(counted) ? words.names[counted] : words.counts[counted];
  const title = titleOf(visit, counted);
  const value = valueOf(visit, counted, set, names.policy.fewEntries);
  const told = whose === undefined ? title : words.titleOf(title, nameOf(visit, whose));
  const body = html`<a class="back" href="/figures">← ${words.back}</a>
    <h1>${title}</h1>
    ${whose === undefined ? "" : html`<p class="lead">${nameOf(visit, whose)}</p>`}
    <p class="serif h1">${value}</p>
    ${madeOf(visit, counted, set, names.policy.fewEntries)}
    <p class="lead">${what}</p>
    ${await leftOutLine(visit, asked, set)}
    ${asOfLine(visit, set)} ${citedLine(visit, names, set, { told, value, href: countedHref(counted, circle) })}
    <h2>${words.entries}</h2>
    ${
      page.entries.length === 0
        ? html`<div class="empty">
            <p>${words.none}</p>
          </div>`
        : html`${table(visit, names, counted, { page, set })} ${turning(visit, asked, page)}`
    }`;
  return publicPage(visit, names, { title, at: "figures", body });
}

export function titleOf(visit: Visit, counted: Counted): string {
  const words = visit.words.figures;
  return isFigure(counted) ? words.names[counted].title : words.counts[counted].title;
}

/** What the days of its entries are called. */
export function daysOf(visit: Visit, counted: Counted): { readonly entryDay: string; readonly doneDay: string } {
  const { entryDay, doneDay } = visit.words.figures;
  const isOwn = counted === "response" || counted === "relapse" || counted === "silent";
  const days = isOwn ? counted : counted === "on-time" || counted === "extended" ? "promise" : "problem";
  return { entryDay: entryDay[days], doneDay: doneDay[days] };
}

/** `79.2% = 19 ÷ 24`; where that is too little to say a rate, `2 ÷ 3`; of a count the number. */
function valueOf(visit: Visit, counted: Counted, set: FigureSet, few: number): string {
  if (!isFigure(counted)) return String(set[counted]);
  const rate = rateOf(set[counted], few);
  const quotient = visit.words.figures.quotient(set[counted].counted, set[counted].of);
  return rate === null ? quotient : `${percent(rate)} = ${quotient}`;
}

function madeOf(visit: Visit, counted: Counted, set: FigureSet, few: number): Html {
  if (!isFigure(counted)) return html``;
  const words = visit.words.figures;
  const tooFew = rateOf(set[counted], few) === null ? ` · ${words.tooFew(few)}` : "";
  return html`<p class="mist">${words.names[counted].counted} ÷ ${words.names[counted].of}${tooFew}</p>`;
}

type Shown = { readonly page: CountedPage; readonly set: FigureSet };

function table(visit: Visit, names: Directory, counted: Counted, { page, set }: Shown): Html {
  const words = visit.words.figures;
  const ofWhich = isFigure(counted) ? `${words.names[counted].counted} / ${words.names[counted].of}` : null;
  const { entryDay, doneDay } = daysOf(visit, counted);
  return html`<section class="table-responsive" aria-label="${words.entries}" tabindex="0">
    <table class="table stacked">
      <thead>
        <tr>
          <th scope="col">${words.entry}</th>
          <th scope="col">${words.unit}</th>
          <th scope="col">${entryDay}</th>
          <th scope="col">${doneDay}</th>
          ${ofWhich === null ? "" : html`<th scope="col">${ofWhich}</th>`}
        </tr>
      </thead>
      <tbody>
        ${page.entries.map(
          (entry) =>
            html`<tr>
              <td>${entryName(visit, entry)}</td>
              <td data-label="${words.unit}">${entry.unit === null ? "—" : nameOf(visit, names.units.get(entry.unit))}</td>
              <td class="nowrap" data-label="${entryDay}">${dayOrNot(visit, entry.on)}</td>
              <td class="nowrap" data-label="${doneDay}">${dayOrNot(visit, entry.doneOn)}</td>
              ${ofWhich === null ? "" : adds(visit, counted, ofWhich, entry)}
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan="${ofWhich === null ? 3 : 4}">${words.sum}</th>
          <td data-label="${ofWhich ?? titleOf(visit, counted)}">
            <b>${isFigure(counted) ? words.share(set[counted].counted, set[counted].of) : set[counted]}</b>
          </td>
        </tr>
      </tfoot>
    </table>
  </section>`;
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

function turning(visit: Visit, asked: AskedNumber, page: CountedPage): Html {
  const words = visit.words.figures;
  const { counted, circle, before } = asked;
  return html`<nav class="pages" aria-label="${words.entries}">
    ${before === null ? "" : html`<a class="btn" href="${countedHref(counted, circle)}">← ${words.newest}</a>`}
    ${fileLink(visit, { ...asked, before: null }, before === null && page.next === null)}
    ${page.next === null ? "" : html`<a class="btn" rel="next" href="${countedHref(counted, circle, page.next)}">${words.older} →</a>`}
  </nav>`;
}

/** All entries in a file, where a page holds them; otherwise the way to one file after another. */
function fileLink(visit: Visit, asked: AskedNumber, isWhole: boolean): Html {
  const words = visit.words.figures;
  return isWhole
    ? html`<a class="btn" href="${countedFileHref(asked)}" download>${words.file}</a>`
    : html`<a class="btn" href="${countedFilesHref(asked)}">${words.files}</a>`;
}
