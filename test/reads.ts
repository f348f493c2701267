import { sql } from "kysely";
import type { Db } from "#platform/town";

/** Rows read of a table and its indexes, and how many of them from one end of the table to the other. */
export type Reads = { readonly rows: number; readonly sequential: number };

/** What was read until now of every table. A connection tells what it read before it is asked, so `db` must have but one. */
export async function readsSoFar(db: Db): Promise<ReadonlyMap<string, Reads>> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  await sql`select pg_stat_clear_snapshot()`.execute(db);
  const { rows } = await sql<Reads & { readonly table: string }>`
    select format('%s.%s', t.schemaname, t.relname) as table, t.seq_tup_read::int as sequential,
      (t.seq_tup_read + coalesce((select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relid = t.relid), 0))::int as rows
    from pg_stat_user_tables t`.execute(db);
  return new Map(rows.map(({ table, ...reads }) => [table, reads]));
}
