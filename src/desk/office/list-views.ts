import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { columnsIn, USUAL_COLUMNS, type LedgerColumn } from "./ledger-columns.ts";

/** An officer's views of one list: as many as are found in a row of links. */
export const MOST_VIEWS = 30;

/** A list somebody wants again; `query` is what its address asks for. */
export type ListView = {
  readonly id: string;
  readonly officer: string;
  readonly list: ViewedList;
  readonly name: string;
  readonly query: string;
};

/** The lists that are kept under names; each stands at an address of its name. */
export const VIEWED_LISTS = ["ledger", "inbox"] as const;
export type ViewedList = (typeof VIEWED_LISTS)[number];

const COLUMNS = ["id", "officer", "list", "name", "query"] as const;

/** An officer's own of a list, by name. */
export async function listViews(town: Town, by: Officer, list: ViewedList): Promise<readonly ListView[]> {
  return town.db
    .selectFrom("office.list_view")
    .select(COLUMNS)
    .$narrowType<Pick<ListView, "list">>()
    .where("town", "=", town.id)
    .where("officer", "=", by.id)
    .where("list", "=", list)
    .orderBy("name")
    .limit(MOST_VIEWS)
    .execute();
}

/** Anybody's, by the id that its address holds: whoever was given the link may open it. */
export async function findView(town: Town, view: string): Promise<ListView | null> {
  const row = await town.db
    .selectFrom("office.list_view")
    .select(COLUMNS)
    .$narrowType<Pick<ListView, "list">>()
    .where("town", "=", town.id)
    .where("id", "=", view)
    .executeTakeFirst();
  return row ?? null;
}

/** The columns an officer has chosen of the ledger, or the usual ones. */
export async function chosenColumns(town: Town, by: Officer): Promise<readonly LedgerColumn[]> {
  const row = await town.db
    .selectFrom("office.chosen_columns")
    .select("columns")
    .where("town", "=", town.id)
    .where("officer", "=", by.id)
    .where("list", "=", "ledger")
    .executeTakeFirst();
  return row === undefined ? USUAL_COLUMNS : columnsIn(row.columns);
}
