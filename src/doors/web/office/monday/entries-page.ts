import { lampOf } from "#ledger/problem";
import { dayOf, addDays } from "#platform/instant";
import { isId } from "#platform/ids";
import { listAskedOf } from "#intake/asked-again";
import type { Directory } from "#publication/directory";
import { isVerb } from "#proof/all-events";
import { weekAt, weekTyped } from "#office/week";
import { notFoundPage } from "#doors/web/error-pages";
import { html, type Html } from "#doors/web/html";
import { dayText, instantWords } from "#doors/web/ui/day";
import { lampMark } from "#doors/web/ui/lamp";
import { officeHead, officePage, officeTable, openCell } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { happenedIn, isHappening, isStanding, readSheet, standingIn, type Sheet } from "./sheet.ts";
import { byUnit, leaderNames } from "./sheet-parts.ts";

/** What one number of a sheet counts, a line each. */
export async function entriesPage(visit: Visit, name: string): Promise<Response> {
  const words = visit.words.office.monday;
  const { week: typed = "", unit = null, leaders = null } = visit.context.req.query();
  const sheet = await readSheet(visit, weekTyped(typed) ?? weekAt(dayOf(visit.at)));
  const names = await visit.names(sheet.figures.version);
  const cut = { unit, leaders };
  const opened = { names, sheet, title: isStanding(name) || isHappening(name) ? words.numbers[name] : "" };
  if (isStanding(name))
    return entries(visit, opened, standingIn(sheet, name, cut), [words.heads.who, words.heads.day], (problem) => [
      leaderNames(visit, names, problem.leaders),
      lampMark(visit, lampOf(problem, sheet.today)),
    ]);
  if (isHappening(name))
    return entries(visit, opened, happenedIn(sheet, name), [words.heads.happened, words.heads.by], (event) => [
      [isVerb(event.verb) ? visit.words.events.titles[event.verb] : event.verb, event.words].filter((said) => said !== null).join(" · "),
      html`${byUnit(visit, names, event)} ${instantWords(visit, event.at)}`,
    ]);
  return name === "asked" ? askedPage(visit, names, sheet) : notFoundPage(visit);
}

type Opened = { readonly names: Directory; readonly sheet: Sheet; readonly title: string };
type Entry = { readonly number: string; readonly title: string };

async function entries<T extends Entry>(
  visit: Visit,
  { names, sheet, title }: Opened,
  those: readonly T[],
  heads: readonly [string, string],
  told: (one: T) => readonly [Html | string, Html | string],
): Promise<Response> {
  const words = visit.words.office.monday;
  const row = (one: T) => {
    const [first, second] = told(one);
    return html`<tr>
      <th scope="row" class="office-nowrap">${one.number}</th>
      <td class="office-what serif">${one.title}</td>
      <td data-label="${heads[0]}">${first}</td>
      <td data-label="${heads[1]}">${second}</td>
      ${openCell(`/office/ledger/${one.number}`, words.open, one.number)}
    </tr>`;
  };
  const table = officeTable([words.heads.number, words.heads.what, ...heads], those.map(row), words.open);
  const body = html`${officeHead(title, underOf(visit, sheet, those.length))} ${those.length === 0 ? nothing(visit) : table}`;
  return officePage(visit, names, { title, body, at: "monday" });
}

function underOf(visit: Visit, { week }: Sheet, count: number): Html {
  const words = visit.words.office.monday;
  return html`<a href="/office/monday?week=${week.from}">${words.title} ${dayText(visit, week.meetsOn)}</a> · ${words.count(count)}`;
}

function nothing(visit: Visit): Html {
  return html`<div class="card office-empty">
    <p>${visit.words.office.monday.nothing}</p>
  </div>`;
}

async function askedPage(visit: Visit, names: Directory, sheet: Sheet): Promise<Response> {
  const words = visit.words.office.monday;
  const { category = "", village = null } = visit.context.req.query();
  if (!isId(category) || (village !== null && !isId(village))) return notFoundPage(visit);
  const reports = await listAskedOf(visit.town, sheet.isNow ? addDays(sheet.today, 1) : sheet.week.meetsOn, { category, village });
  const rows = reports.map(
    (report) =>
      html`<tr>
        <td class="office-what serif">${report.title}</td>
        <td data-label="${words.heads.day}">${instantWords(visit, report.receivedAt)}</td>
      </tr>`,
  );
  const title = `${words.askedTitle}：${nameOf(visit, names.categories.get(category))}`;
  const body = html`${officeHead(title, underOf(visit, sheet, reports.length))}
    ${rows.length === 0 ? nothing(visit) : officeTable([words.heads.what, words.heads.day], rows)}`;
  return officePage(visit, names, { title, body, at: "monday" });
}
