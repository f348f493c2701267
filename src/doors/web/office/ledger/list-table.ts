import { lampOf, type Problem } from "#ledger/problem";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { Total } from "#publication/count-listed";
import { MOST_EXPORTED, MOST_IN_PART } from "#office/export-problems";
import { isListed, type ListedColumn } from "#office/ledger-columns";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import { sortedHead } from "#doors/web/ui/office";
import { instantWords } from "#doors/web/ui/day";
import { lampMark } from "#doors/web/ui/lamp";
import { nameOf, type Visit } from "#doors/web/visit";
import { cellsOf } from "./column-cells.ts";
import { exportFields } from "./files-page.ts";
import { addressOf, fromFirst, queryOf, type AskedList } from "./list-address.ts";
import type { ListedPage } from "./list-in-order.ts";

/** One form around the table; each button says where the ticked numbers go. */
export function listTable(visit: Visit, asked: AskedList, { names, problems, total }: ListedPage): Html {
  const words = visit.words.office.bulk;
  const columns = asked.columns.filter(isListed);
  return html`<form class="card office-table printed" method="get" action="/office/bulk/assign">
    <p class="print-only">${printedWords(visit, names, asked)} · ${words.onSheet(problems.length)}</p>
    <div class="table-responsive">
      <table class="table table-vcenter card-table">
        <caption class="visually-hidden">
          ${words.caption}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="office-check">
              <label>
                <input class="form-check-input" type="checkbox" data-all="number" aria-label="${words.all}">
              </label>
            </th>
            ${columns.map((column) => head(visit, asked, column))}
            <th scope="col">
              <span class="visually-hidden">${words.open}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          ${problems.map((problem) => row(visit, names, columns, problem))}
        </tbody>
      </table>
    </div>
    ${bulkBar(visit, fromFirst(asked), total)}
  </form>`;
}

/** What a column is called: on the list the light stands with the days that are left. */
export function columnName(visit: Visit, column: ListedColumn): string {
  const words = visit.words.office.bulk;
  return column === "light" ? words.due : words.columns[column];
}

/** The name of a column, which orders the list by it; once more, the other way round. */
function head(visit: Visit, asked: AskedList, column: ListedColumn): Html {
  const { order } = asked;
  const isBy = (order?.by ?? "number") === column;
  const falls = order?.falls ?? true;
  const next = { by: column, falls: isBy && !falls };
  const to = addressOf({ ...fromFirst(asked), order: column === "number" && next.falls ? null : next });
  return sortedHead(columnName(visit, column), to, isBy ? (falls ? "descending" : "ascending") : null);
}

/** What a sheet of paper must say of itself: when it was printed, and what was asked for. */
function printedWords(visit: Visit, names: Directory, { filter, mine, view, order }: AskedList): Html {
  const words = visit.words.office.bulk;
  const { statuses } = visit.words.publicSide.ledger;
  const asked = [
    view === null ? "" : view.name,
    mine ? words.mine : "",
    filter.status === null ? "" : statuses[filter.status],
    filter.light === null ? "" : words.lights[filter.light],
    filter.unit === null ? "" : nameOf(visit, names.units.get(filter.unit)),
    filter.village === null ? "" : nameOf(visit, names.villages.get(filter.village)),
    filter.category === null ? "" : nameOf(visit, names.categories.get(filter.category)),
    filter.theme === null ? "" : nameOf(visit, names.themes.get(filter.theme)),
    filter.campaign === null ? "" : nameOf(visit, names.campaigns.get(filter.campaign)),
    filter.q,
    order === null ? "" : words.orderedBy(columnName(visit, order.by)),
  ].filter((part) => part !== "");
  const which = asked.length === 0 ? words.whole : asked.join(visit.words.common.comma);
  return html`${words.printed} ${instantWords(visit, visit.at)} · ${which}`;
}

function row(visit: Visit, names: Directory, columns: readonly ListedColumn[], problem: Problem): Html {
  const words = visit.words.office.bulk;
  const cells = cellsOf(visit, names, problem);
  return html`<tr>
    <td class="office-check">
      <label>
        <input
          class="form-check-input"
          type="checkbox"
          name="number"
          value="${problem.number}"
          aria-label="${words.choose(problem.number)}"
        >
      </label>
    </td>
    ${columns.map((column) => cell(visit, column, problem, cells))}
    <td class="office-open">
      <a href="/office/ledger/${problem.number}" aria-label="${words.openNumber(problem.number)}">${words.open}</a>
    </td>
  </tr>`;
}

function cell(visit: Visit, column: ListedColumn, problem: Problem, cells: ReturnType<typeof cellsOf>): Html {
  const label = columnName(visit, column);
  if (column === "number") return html`<th scope="row" class="office-nowrap" data-label="${label}">${problem.number}</th>`;
  if (column === "title") return html`<td class="office-what serif">${problem.title}</td>`;
  if (column === "light") return html`<td data-label="${label}">${lampMark(visit, lampOf(problem, dayOf(visit.at)))}</td>`;
  if (column === "status") return html`<td class="office-nowrap" data-label="${label}">${cells.status}</td>`;
  const nothing = column === "unit" ? visit.words.office.bulk.unassigned : "—";
  return html`<td data-label="${label}">${cells[column] === "" ? nothing : cells[column]}</td>`;
}

function bulkBar(visit: Visit, asked: AskedList, total: Total | null): Html {
  const words = visit.words.office.bulk;
  const may = mayOpen(visit, "GET /office/bulk/assign");
  const acts = may
    ? html`<button class="btn" type="submit" formaction="/office/bulk/assign">${words.assign}</button>
        <button class="btn" type="submit" formaction="/office/bulk/remind">${words.remind}</button>`
    : html`<button class="btn" type="button" aria-disabled="true" aria-describedby="no-bulk">${words.assign}</button>
        <button class="btn" type="button" aria-disabled="true" aria-describedby="no-bulk">${words.remind}</button>
        <span class="office-refused" id="no-bulk">${words.notYours}</span>`;
  const exports = (columns: string, label: string) =>
    html`<button
      class="btn"
      type="submit"
      name="columns"
      value="${columns}"
      formaction="/office/bulk/export"
      formmethod="post"
      data-turbo="false"
    >
      ${label}
    </button>`;
  return html`<div class="office-bulk">
    ${exportFields(asked)}
    ${acts} ${exports(asked.columns.join(","), words.exportShown)} ${exports("", words.export)}
    <span class="office-refused">${words.exportHint(MOST_EXPORTED)} ${partsLink(visit, asked, total)}</span>
  </div>`;
}

/** What may be more than one file holds is exported one after another. */
function partsLink(visit: Visit, asked: AskedList, total: Total | null): Html {
  if (asked.filter.q !== "" || (total?.isExact === true && total.count <= MOST_EXPORTED)) return html``;
  const query = queryOf(asked);
  return html`<a href="/office/ledger/files${query === "" ? "" : `?${query}`}">${visit.words.office.bulk.exportParts(MOST_IN_PART)}</a>`;
}
