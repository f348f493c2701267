import { sql, type RawBuilder } from "kysely";
import { PROBLEM_COLUMNS } from "#ledger/problem";
import { writtenOut } from "#platform/written-out";

const names = PROBLEM_COLUMNS.map((column) => column.split(" as ")).map(([column = "", alias]) => ({
  column,
  name: alias ?? column.replace("p.", ""),
}));

/** The columns of a `Problem` from `ledger.problem p`, for queries written as SQL; built once. */
export const COLUMNS = listed(names.map(({ column, name }) => sql`${sql.ref(column)} as ${sql.ref(name)}`));

/** The same by their names, from a subquery `p` that has chosen them already. */
export const NAMES = listed(names.map(({ name }) => sql`${sql.ref(`p.${name}`)}`));

function listed(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return writtenOut(sql`${sql.join(parts)}`);
}
