import { sql } from "kysely";
import { lexemesOf, type Piece } from "#platform/search-words";
import type { Keys, Town } from "#platform/town";

type Known = { readonly frequencies: ReadonlyMap<string, number>; uses: number };

/** Frequencies change slowly and only choose between two ways to the same answer: read again after so many questions. */
const USES = 5_000;

/** Above this part of the entries a page is filled sooner by walking the newest than by fetching every match. */
const COMMON = 0.002;

// One map per running place. The database keeps the frequencies (ANALYZE; 5,000 lexemes, db/migrations/0026).
const kept = new WeakMap<Keys, Known>();

/** Whether entries with all these pieces may be many: none of them is known to be rare. */
export async function isCommon(town: Town, pieces: readonly Piece[]): Promise<boolean> {
  const known = await frequenciesOf(town);
  known.uses++;
  const frequencyOf = (lexeme: string) => known.frequencies.get(lexeme) ?? 0;
  return pieces.every((piece) => {
    const { words, named } = lexemesOf(town.id, piece);
    // The letters of a piece stand together at most as often as the rarest of them; whom it names are found beside them.
    return Math.min(...words.map(frequencyOf)) + sum(named.map(frequencyOf)) >= COMMON;
  });
}

function sum(parts: readonly number[]): number {
  return parts.reduce((all, part) => all + part, 0);
}

async function frequenciesOf(town: Town): Promise<Known> {
  const known = kept.get(town.keys);
  if (known !== undefined && known.uses < USES) return known;
  const { rows } = await sql<{ lexemes: string[] | null; frequencies: number[] | null }>`
    select most_common_elems::text::text[] as lexemes, most_common_elem_freqs::float8[] as frequencies
    from pg_stats where schemaname = 'ledger' and tablename = 'problem' and attname = 'search'`.execute(town.db);
  const frequencies = rows[0]?.frequencies ?? [];
  // The list of frequencies ends with the least and the greatest of them: only as many as there are lexemes belong to one.
  const read: Known = { frequencies: new Map((rows[0]?.lexemes ?? []).map((lexeme, i) => [lexeme, frequencies[i] ?? 0])), uses: 0 };
  kept.set(town.keys, read);
  return read;
}
