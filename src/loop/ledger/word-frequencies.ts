import { sql } from "kysely";
import type { Keys, Town } from "#platform/town";

/** How many entries the ledger has, of every town, and on what part of them a lexeme stands; those not listed stand on fewer. */
export type WordFrequencies = { readonly entries: number; readonly of: ReadonlyMap<string, number> };

type Known = { readonly frequencies: WordFrequencies; uses: number };

/** Frequencies change slowly and only choose between two ways to the same answer: read again after so many questions. */
const USES = 5_000;

// One map per running place. The database keeps the frequencies (ANALYZE; 5,000 lexemes, db/migrations/0026).
const kept = new WeakMap<Keys, Known>();

export async function wordFrequencies(town: Town): Promise<WordFrequencies> {
  const known = kept.get(town.keys);
  if (known !== undefined && known.uses < USES) {
    known.uses++;
    return known.frequencies;
  }
  const { rows } = await sql<{ entries: number; lexemes: string[] | null; frequencies: number[] | null }>`
    select greatest(c.reltuples, 0)::float8 as entries, s.most_common_elems::text::text[] as lexemes,
      s.most_common_elem_freqs::float8[] as frequencies
    from pg_class c left join pg_stats s on s.schemaname = 'ledger' and s.tablename = 'problem' and s.attname = 'search'
    where c.relname = 'problem' and c.relnamespace = 'ledger'::regnamespace`.execute(town.db);
  const [row] = rows;
  // The list of frequencies ends with the least and the greatest of them: only as many as there are lexemes belong to one.
  const of = new Map((row?.lexemes ?? []).map((lexeme, i) => [lexeme, row?.frequencies?.[i] ?? 0]));
  const frequencies = { entries: row?.entries ?? 0, of };
  kept.set(town.keys, { frequencies, uses: 1 });
  return frequencies;
}
