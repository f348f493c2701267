import { LIGHTS, STATUSES } from "#ledger/problem";
import { hasDuty } from "#people/officer";
import type { Directory } from "#publication/directory";
import { chooseColumns, ChooseColumns } from "#office/choose-columns";
import { parse } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { categoryOptions, villageOptions } from "#doors/web/office/calls/call-form";
import { signedIn } from "#doors/web/office/officer-form";
import { queryTyped, sendView } from "#doors/web/office/views/view-pages";
import { faultSummary, selectField, type Option } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { addressOf, askedList, fromFirst, orderWord, type AskedList } from "./list-address.ts";
import { listInOrder, MOST_ORDERED, type ListedPage } from "./list-in-order.ts";
import { listTable } from "./list-table.ts";
import { viewsPanel } from "./list-views.ts";

/** The officers' ledger: the public filters, "mine", an order, columns, views, and boxes to tick. */
export async function listPage(visit: Visit): Promise<Response> {
  return drawList(visit, await askedList(visit, visit.context.req.query()), FRESH);
}

/** Keeps the list that was open under a name, and opens it there. */
export function saveList(visit: Visit): Promise<Response> {
  return sendView(visit, "ledger", (drawn) => drawBack(visit, drawn));
}

/** Keeps which columns the officer sees, and leads back to the list that was open. */
export function sendColumns(visit: Visit): Promise<Response> {
  const by = signedIn(visit);
  return sendForm(visit, {
    purpose: "columns.choose",
    read: ({ typed, lists }) =>
      readAs(parse(visit, ChooseColumns, { columns: lists["columns"] ?? [] }), async (town, what) => {
        await chooseColumns(town, by, visit.at, what);
        return `/office/ledger?${queryTyped(typed["query"])}`;
      }),
    back: (drawn) => drawBack(visit, drawn),
  });
}

async function drawBack(visit: Visit, drawn: Drawn): Promise<Response> {
  return drawList(visit, await askedList(visit, Object.fromEntries(new URLSearchParams(drawn.typed["query"]))), drawn);
}

async function drawList(visit: Visit, asked: AskedList, { typed, faults, status }: Drawn): Promise<Response> {
  const page = await listInOrder(visit, asked);
  const words = visit.words.office.bulk;
  const title = asked.view === null ? words.title : asked.view.name;
  const body = html`${faultSummary(visit, faults)} ${officeHead(title, underOf(visit, page))} ${doneNote(visit)}
  ${filterForm(visit, page.names, asked)} ${await viewsPanel(visit, asked, faults, typed)}
  ${orderedAmong(visit, asked, page)}
  ${
    page.problems.length === 0
      ? html`<div class="card office-empty">
          <h2>${words.empty}</h2>
          <p>${words.emptyHint}</p>
        </div>`
      : listTable(visit, asked, page)
  }
  ${turn(visit, asked, page)}`;
  return officePage(visit, page.names, { title, body, at: "ledger", status, faulty: Object.keys(faults).length > 0 });
}

/** How many entries the list has, and what may be done with them. */
function underOf(visit: Visit, { total, problems }: ListedPage): string {
  const words = visit.words.office.bulk;
  if (total === null || problems.length === 0) return words.under;
  return `${total.isExact ? words.total(total.count) : words.atLeast(total.count)} · ${words.under}`;
}

function doneNote(visit: Visit): Html {
  const words = visit.words.office.bulk;
  const { assigned, reminded } = visit.context.req.query();
  const done =
    assigned !== undefined && /^\d{1,3}$/.test(assigned)
      ? words.done.assign(assigned)
      : reminded !== undefined && /^\d{1,3}$/.test(reminded)
        ? words.done.remind(reminded)
        : null;
  return done === null ? html`` : html`<p class="alert alert-success" role="status">${done}</p>`;
}

function filterForm(visit: Visit, names: Directory, { filter, mine, order, columns, isOwnColumns }: AskedList): Html {
  const words = visit.words.office.bulk;
  const { statuses } = visit.words.publicSide.ledger;
  const typed = {
    status: filter.status ?? "",
    light: filter.light ?? "",
    unit: filter.unit ?? "",
    village: filter.village ?? "",
    category: filter.category ?? "",
    theme: filter.theme ?? "",
  };
  const select = (name: keyof typeof typed, label: string, none: string, options: readonly Option[]) =>
    selectField(visit, { name, label, none, options, typed, faults: {} });
  const units = [...names.units.values()].map((unit) => ({ value: unit.id, label: nameOf(visit, unit) }));
  const themes = [...names.themes.values()].map((theme) => ({ value: theme.id, label: nameOf(visit, theme) }));
  return html`<form class="office-filter" method="get" action="/office/ledger" role="search">
    ${select(
      "status",
      words.status,
      words.anyStatus,
      STATUSES.map((status) => ({ value: status, label: statuses[status] })),
    )}
    ${select(
      "light",
      words.light,
      words.anyLight,
      LIGHTS.map((light) => ({ value: light, label: words.lights[light] })),
    )}
    ${select("unit", words.unit, words.anyUnit, units)}
    ${select("village", words.village, words.anyVillage, villageOptions(visit, names))}
    ${select("category", words.category, words.anyCategory, categoryOptions(visit, names))}
    ${select("theme", words.theme, words.anyTheme, themes)}
    <div class="field field-wide">
      <label class="form-label" for="f-q">${words.search} · ${visit.words.publicSide.ledger.searchHint}</label>
      <input class="form-control" id="f-q" name="q" type="search" value="${filter.q}" maxlength="100">
    </div>
    ${hasDuty(signedIn(visit), "leader", "handler") ? mineBox(visit, mine) : ""}
    ${order === null ? "" : html`<input type="hidden" name="order" value="${orderWord(order)}">`}
    ${isOwnColumns ? "" : html`<input type="hidden" name="columns" value="${columns.join(",")}">`}
    <button class="btn" type="submit">${words.find}</button>
    <a class="btn btn-link" href="/office/ledger">${words.clear}</a>
  </form>`;
}

function mineBox(visit: Visit, mine: boolean): Html {
  return html`<label class="form-check office-mine">
    <input class="form-check-input" type="checkbox" name="mine" value="1" ${mine ? html`checked` : ""}>
    ${visit.words.office.bulk.mine}</label>`;
}

/** Which entries were put in order, where they are not all that is asked for. */
function orderedAmong(visit: Visit, { behind }: AskedList, { rest }: ListedPage): Html {
  const words = visit.words.office.bulk;
  if (behind !== null) return html`<p class="alert alert-info">${words.orderedBehind(behind, MOST_ORDERED)}</p>`;
  return rest === null ? html`` : html`<p class="alert alert-info">${words.orderedAmong(MOST_ORDERED)}</p>`;
}

/** On the last page of those put in order the next are those behind them. */
function turn(visit: Visit, asked: AskedList, { next, rest }: ListedPage): Html {
  const words = visit.words.office.bulk;
  const [first, on] = asked.order === null ? [words.newest, words.older] : [words.first, words.further];
  const further =
    next !== null
      ? nextLink(addressOf({ ...asked, filter: { ...asked.filter, before: next } }), on)
      : rest === null
        ? ""
        : nextLink(addressOf({ ...fromFirst(asked), behind: rest }), words.orderBehind(MOST_ORDERED));
  const isFirst = asked.filter.before === null && asked.behind === null;
  return html`<nav class="office-turn" aria-label="${words.title}">
    ${isFirst ? "" : html`<a class="btn" href="${addressOf(fromFirst(asked))}">${first}</a>`}
    ${further}
  </nav>`;
}

function nextLink(address: string, words: string): Html {
  return html`<a class="btn" href="${address}" rel="next">${words}</a>`;
}
