import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { Answer } from "./open-house.ts";
import { UNKIND } from "./unkind.ts";

/** Each form gets every so-many-th of the texts, each another; 1 for all of them in every form. */
export const STRIDE = Number(process.env["SANWEN_UNKIND_STRIDE"] ?? "16");
export const TEXTS = Object.entries(UNKIND);

/** What is wrong with an answer, whatever was typed; null when nothing is. */
export function whatIsWrong({ status, bytes, text }: Pick<Answer, "status" | "bytes" | "text">): string | null {
  if (status >= 500) return `answers ${status}`;
  if (/node_modules|\n\s+at .+:\d+:\d+/.test(text)) return "shows a stack";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "is no UTF-8";
  }
  return null;
}

/** Everything that was kept as text, in every room; what is made of it to be searched aside. */
export async function keptIn({ db }: Town): Promise<ReadonlyMap<string, string>> {
  const { rows: columns } = await sql<{ at: string; table: string; column: string; list: boolean }>`
    select format('%I.%I.%I', table_schema, table_name, column_name) as at, format('%I.%I', table_schema, table_name) as table,
      format('%I', column_name) as column, udt_name = '_text' as list
    from information_schema.columns where udt_name in ('text', '_text', 'varchar')
      and table_schema in ('audit', 'evidence', 'intake', 'ledger', 'people', 'limits', 'verification', 'detector')
      and column_name <> 'search_text' and has_table_privilege(format('%I.%I', table_schema, table_name), 'select')`.execute(db);
  const kept = new Map<string, string>();
  for (const { at, table, column, list } of columns) {
    const value = list ? sql.raw(`unnest(${column})`) : sql.raw(column);
    const { rows } = await sql<{ text: string | null }>`select distinct ${value} as text from ${sql.raw(table)}`.execute(db);
    for (const { text } of rows) if (text !== null) kept.set(text, at);
  }
  return kept;
}
