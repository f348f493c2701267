import { hasDuty } from "#people/officer";
import { chosenColumns, type ListView } from "#office/list-views";
import { columnsIn, isLedgerColumn, isListed, type LedgerColumn, type ListedColumn } from "#office/ledger-columns";
import { numberOf } from "#ledger/problem-number";
import { filterQuery, ProblemFilter, WHOLE_LEDGER } from "#publication/problem-filter";
import { signedIn } from "#doors/web/office/officer-form";
import { viewNamed } from "#doors/web/office/views/view-pages";
import type { Visit } from "#doors/web/visit";

/** By which column a list is ordered; null: the newest first. */
export type ListOrder = { readonly by: ListedColumn; readonly falls: boolean } | null;

/** The list as its address asks for it. What the address cannot mean is left out. */
export type AskedList = {
  readonly filter: ProblemFilter;
  readonly order: ListOrder;
  /** Of an order that no index is in: the entry behind which the ordered ones begin; null for the newest. */
  readonly behind: string | null;
  readonly columns: readonly LedgerColumn[];
  /** Whether the address names the columns; otherwise they are those that the officer has chosen. */
  readonly isOwnColumns: boolean;
  readonly mine: boolean;
  /** The view it was opened by. */
  readonly view: ListView | null;
};

export async function askedList(visit: Visit, query: Readonly<Record<string, string>>): Promise<AskedList> {
  const { order, behind, columns, mine, view, ...rest } = query;
  const parsed = ProblemFilter.safeParse(rest);
  const by = signedIn(visit);
  const named = columns === undefined || columns === "" ? null : columnsIn(columns.split(","));
  return {
    filter: parsed.success ? parsed.data : WHOLE_LEDGER,
    order: orderIn(order ?? ""),
    behind: numberOf(behind ?? ""),
    columns: named ?? (await chosenColumns(visit.town, by)),
    isOwnColumns: named === null,
    mine: mine === "1" && hasDuty(by, "leader", "handler"),
    view: await viewNamed(visit, view),
  };
}

function orderIn(said: string): ListOrder {
  const falls = said.startsWith("-");
  const by = falls ? said.slice(1) : said;
  return isLedgerColumn(by) && isListed(by) && said !== NEWEST ? { by, falls } : null;
}

/** The newest first is no order of its own: its address is the plain one. */
const NEWEST = "-number";

export function orderWord(order: ListOrder): string {
  return order === null ? "" : `${order.falls ? "-" : ""}${order.by}`;
}

/** What the address of a list asks for, without the `?`. */
export function queryOf({ filter, order, behind, columns, isOwnColumns, mine }: Omit<AskedList, "view">): string {
  const query = new URLSearchParams(filterQuery(filter));
  if (order !== null) query.set("order", orderWord(order));
  if (order !== null && behind !== null) query.set("behind", behind);
  if (!isOwnColumns) query.set("columns", columns.join(","));
  if (mine) query.set("mine", "1");
  return query.toString();
}

/** The same list from its beginning. */
export function fromFirst(asked: AskedList): AskedList {
  return { ...asked, behind: null, filter: { ...asked.filter, before: null } };
}

export function addressOf(asked: Omit<AskedList, "view">): string {
  const query = queryOf(asked);
  return query === "" ? "/office/ledger" : `/office/ledger?${query}`;
}
