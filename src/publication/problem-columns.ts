import { sql } from "kysely";
import { PROBLEM_COLUMNS } from "#ledger/problem";

const names = PROBLEM_COLUMNS.map((column) => column.split(" as ")).map(([column = "", alias]) => ({
  column,
  name: alias ?? column.replace("p.", ""),
}));

/** The columns of a `Problem` from `ledger.problem p`, for queries written as SQL; built once. */
export const COLUMNS = sql.join(names.map(({ column, name }) => sql`${sql.ref(column)} as ${sql.ref(name)}`));

/** The same by their names, from a subquery `p` that has chosen them already. */
export const NAMES = sql.join(names.map(({ name }) => sql.ref(`p.${name}`)));
