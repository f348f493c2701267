import { lampOf } from "#ledger/problem";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { happenedAs, type Happened, type Happening, type InHand } from "#office/read-week";
import { html, type Html } from "#doors/web/html";
import { dayText, dayWords, shortDay } from "#doors/web/ui/day";
import { lampMark } from "#doors/web/ui/lamp";
import { countWords } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { happenedIn, numberHref, standingIn, type Sheet, type SheetNumber, type Standing } from "./sheet.ts";
import { officerName, shortNumber, whoIsAwaited } from "./units-table.ts";

/** The numbers above everything: what stands, what happened in the week, each beside how it was the week before. */
export function sumOf(visit: Visit, sheet: Sheet): Html {
  const { numbers, lastWeek } = visit.words.office.monday;
  const cell = (name: SheetNumber, count: number, beside: string) => html`<div>
    <dt>${numbers[name]}</dt>
    <dd>
      <a class="${name === "overdue" && count > 0 ? "sheet-red" : ""}" href="${numberHref(sheet, name)}">${countWords(count)}</a>
      <small>${beside}</small>
    </dd>
  </div>`;
  const standing = (name: Standing, beside: string) => cell(name, standingIn(sheet, name).length, beside);
  const happened = (name: Happening) =>
    cell(name, happenedIn(sheet, name).length, lastWeek(countWords(happenedAs(name, sheet.happenedBefore).length)));
  const now = sheet.isNow
    ? html`${standing("in-hand", sheet.inHandBefore === null ? "" : lastWeek(String(sheet.inHandBefore)))}
      ${standing("overdue", newlyOverdue(visit, sheet))} ${standing("due", visit.words.office.monday.upTo(dayText(visit, sheet.until)))}`
    : "";
  return html`<dl class="sheet-sum">
    ${now}
    ${(["came-back", "opened", "closed", "extensions", "no-answers", "flags"] as const).map(happened)}
  </dl>`;
}

function newlyOverdue(visit: Visit, sheet: Sheet): string {
  const grown = standingIn(sheet, "overdue").filter(({ dueOn }) => dueOn !== null && dueOn >= sheet.week.from).length;
  return visit.words.office.monday.newlyOverdue(grown);
}

/** How many lines of a list stand on the sheet; the number above opens the others. */
const MOST_LINES = 10;

type Column<Row> = { readonly head: string; readonly cell: (row: Row) => Html | string };

function part<Row>(
  visit: Visit,
  id: string,
  title: Html,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  more: string | null = null,
): Html {
  const words = visit.words.office.monday;
  const rest = rows.length - MOST_LINES;
  const line = (row: Row) => html`<tr>${columns.map(({ head, cell }) => html`<td data-label="${head}">${cell(row)}</td>`)}</tr>`;
  const table = html`<table class="table stacked sheet-table">
    <thead>
      <tr>
        ${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.slice(0, MOST_LINES).map(line)}
    </tbody>
  </table>`;
  const others = rest > 0 && more !== null ? html`<p><a href="${more}">${words.others(rest)}</a></p>` : "";
  return html`<section class="sheet-part" aria-labelledby="sheet-${id}">
    <h2 id="sheet-${id}">${title}</h2>
    ${rows.length === 0 ? html`<p class="office-note">${words.nothing}</p>` : table} ${others}
  </section>`;
}

/** What is late and what falls due, each with who answers and how far they are. */
export function duePart(visit: Visit, names: Directory, sheet: Sheet): Html {
  const words = visit.words.office.monday;
  const late = standingIn(sheet, "overdue");
  const rows = [...late, ...standingIn(sheet, "due")].sort((a, b) => (a.dueOn ?? "").localeCompare(b.dueOn ?? ""));
  const title = html`${words.dueTitle} <small>${words.upTo(dayText(visit, sheet.until))}</small>`;
  const columns: readonly Column<InHand>[] = [
    { head: words.heads.day, cell: (row) => (late.includes(row) ? lampMark(visit, lampOf(row, sheet.today)) : dueDay(visit, row)) },
    ...problemColumns<InHand>(visit),
    { head: words.heads.who, cell: ({ leaders }) => leaderNames(visit, names, leaders) },
    { head: words.heads.now, cell: ({ measures, measuresDone }) => words.steps(measuresDone.length, measures.length) },
  ];
  return part(visit, "due", title, columns, rows, numberHref(sheet, late.length > MOST_LINES ? "overdue" : "due"));
}

function dueDay(visit: Visit, { dueOn }: InHand): Html | string {
  return dueOn === null ? "—" : dayWords(visit, dueOn);
}

function problemColumns<Row extends { readonly number: string; readonly title: string }>(visit: Visit): readonly Column<Row>[] {
  const { heads } = visit.words.office.monday;
  return [
    { head: heads.number, cell: ({ number }) => html`<a href="/office/ledger/${number}">${shortNumber(number)}</a>` },
    { head: heads.what, cell: ({ title }) => title },
  ];
}

export function leaderNames(visit: Visit, names: Directory, leaders: readonly string[]): string {
  return leaders.length === 0 ? "—" : leaders.map((id) => officerName(names, id)).join(visit.words.events.list);
}

/** What waits for somebody other than those who do the work, what waits longest first. */
export function waitsPart(visit: Visit, sheet: Sheet): Html {
  const words = visit.words.office.monday;
  const rows = sheet.told.inHand
    .filter(({ step }) => step !== "work")
    .sort((a, b) => (a.waitsSince?.getTime() ?? 0) - (b.waitsSince?.getTime() ?? 0));
  const columns: readonly Column<InHand>[] = [
    ...problemColumns<InHand>(visit).slice(0, 1),
    { head: words.heads.waitsFor, cell: (row) => whoIsAwaited(visit, row) },
    { head: words.heads.whatFor, cell: ({ step }) => (step === null ? "—" : visit.words.office.steps[step]) },
    { head: words.heads.since, cell: ({ waitsSince }) => (waitsSince === null ? "—" : shortDay(visit, dayOf(waitsSince))) },
  ];
  const title = html`${words.waitsTitle} <small>${words.count(rows.length)}</small>`;
  return part(visit, "waits", title, columns, rows, numberHref(sheet, "in-hand"));
}

export function cameBackPart(visit: Visit, names: Directory, sheet: Sheet): Html {
  const words = visit.words.office.monday;
  const rows = happenedIn(sheet, "came-back");
  const columns: readonly Column<Happened>[] = [
    ...problemColumns<Happened>(visit).slice(0, 1),
    { head: words.heads.why, cell: (event) => event.words ?? visit.words.events.titles[titleOf(event)] },
    { head: words.heads.by, cell: (event) => html`${byUnit(visit, names, event)} ${shortDay(visit, dayOf(event.at))}` },
  ];
  const title = html`${words.numbers["came-back"]} <small>${words.count(rows.length)}</small>`;
  return part(visit, "back", title, columns, rows, numberHref(sheet, "came-back"));
}

const CAME_BACK = ["check.failed", "flag.upheld", "objection.upheld", "answer.honoured", "look-back.relapsed", "problem.recurred"] as const;

function titleOf({ verb }: Happened): (typeof CAME_BACK)[number] {
  return CAME_BACK.find((known) => known === verb) ?? "problem.recurred";
}

export function byUnit(visit: Visit, names: Directory, { actor }: Happened): string {
  return actor === null ? "" : nameOf(visit, names.units.get(names.officers.get(actor)?.unit ?? ""));
}

/** What is asked again and again: the same kind of matter from the same place. */
export function askedPart(visit: Visit, names: Directory, sheet: Sheet): Html {
  const words = visit.words.office.monday;
  const columns: readonly Column<Sheet["asked"][number]>[] = [
    {
      head: words.heads.what,
      cell: ({ category, village }) => html`${nameOf(visit, names.categories.get(category))} · ${placeOf(visit, names, village)}`,
    },
    {
      head: words.heads.reports,
      cell: ({ category, village, count, before }) =>
        html`<a href="${numberHref(sheet, "asked", { category, village })}">${words.count(count)}</a>
          <small>${words.twoWeeksBefore(before)}</small>`,
    },
  ];
  const title = html`${words.askedTitle} <small>${words.askedHint}</small>`;
  return part(visit, "asked", title, columns, sheet.asked);
}

function placeOf(visit: Visit, names: Directory, village: string | null): string {
  return village === null ? visit.words.office.monday.noVillage : nameOf(visit, names.villages.get(village));
}
