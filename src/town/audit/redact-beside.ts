import { sql } from "kysely";
import type { Town } from "#platform/town";

/** What stands in the place of words that were taken out: the same in every language, and short enough for every field. */
export const REDACTED = "■■■";

/** Columns of one table that hold words of events, and the column that holds the id of what those events are about. */
export type WordsBeside = { readonly table: string; readonly about: string; readonly columns: readonly string[] };

/** A text that goes, word for word, and what stands in its place. */
export type Covered = { readonly text: string; readonly left: string };

/** Takes a text out of every row about the subject that says it word for word, in the caller's transaction. */
export async function redactBeside(town: Town, beside: readonly WordsBeside[], subject: string, { text, left }: Covered): Promise<void> {
  for (const { table, about, columns } of beside)
    for (const column of columns)
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${left}
        where town = ${town.id} and ${sql.ref(about)} = ${subject} and ${sql.ref(column)} = ${text}`.execute(town.db);
}
