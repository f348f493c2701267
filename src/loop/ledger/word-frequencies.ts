import { sql } from "kysely";
import type { Keys, Town } from "#platform/town";

/** A table with the column `search`. */
export type Searched = `${string}.${string}`;

/** How many rows a table has, of every town, and on what part of them a lexeme stands; those not listed stand on fewer. */
export type WordFrequencies = { readonly entries: number; readonly of: ReadonlyMap<string, number> };

type Known = { readonly frequencies: WordFrequencies; uses: number };

/** Frequencies change slowly and only choose between two ways to the same answer: read again after so many questions. */
const USES = 5_000;

// One map per running place. The database keeps the frequencies (ANALYZE; 5,000 lexemes, db/migrations/0026, 0383).
const kept = new WeakMap<Keys, Map<Searched, Known>>();

export async function wordFrequencies(town: Town, searched: Searched): Promise<WordFrequencies> {
  const ofPlace = kept.get(town.keys) ?? new Map<Searched, Known>();
  kept.set(town.keys, ofPlace);
  const known = ofPlace.get(searched);
  if (known !== undefined && known.uses < USES) {
    known.uses++;
    return known.frequencies;
  }
  const { rows } = await sql<{ entries: number; lexemes: string[] | null; frequencies: number[] | null }>`
    select greatest(c.reltuples, 0)::float8 as entries, s.most_common_elems::text::text[] as lexemes,
      s.most_common_elem_freqs::float8[] as frequencies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = 'search'
    where c.oid = ${searched}::regclass`.execute(town.db);
  const [row] = rows;
  // The list of frequencies ends with the least and the greatest of them: only as many as there are lexemes belong to one.
  const of = new Map((row?.lexemes ?? []).map((lexeme, i) => [lexeme, row?.frequencies?.[i] ?? 0]));
  const frequencies = { entries: row?.entries ?? 0, of };
  ofPlace.set(searched, { frequencies, uses: 1 });
  return frequencies;
}
