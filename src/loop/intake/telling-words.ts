import { wordFrequencies, type Searched, type WordFrequencies } from "#ledger/word-frequencies";
import { anyOfQuery, lexemesOf } from "#platform/search-words";
import type { Town } from "#platform/town";
import { comparable } from "./likeness.ts";

/** So many entries the word index may give, closed ones among them: each is fetched and looked at. */
const MOST_FOUND = 400;
/** More pairs of one text tell nothing more of it. */
const MOST_PAIRS = 12;

/**
 * The query for the pairs of a text that tell most among the rows of a table: the rarest, as many of them as together stand on no more
 * rows than may be looked through. Null where all of them stand on many: whatever has such words is found among the latest.
 */
export async function tellingQuery(town: Town, searched: Searched, text: string, village: string | null): Promise<string | null> {
  const frequencies = await wordFrequencies(town, searched);
  const share = village === null ? 1 : shareOf(town, frequencies, "", village);
  const han = [...comparable(text, new Set())].filter((pair) => /^\p{Script=Han}{2}$/u.test(pair));
  const rarest = han
    .map((pair) => ({ pair, found: frequencies.entries * share * shareOf(town, frequencies, pair, null) }))
    .sort((one, other) => one.found - other.found)
    .slice(0, MOST_PAIRS);
  const telling: string[] = [];
  let found = 0;
  for (const each of rarest) {
    found += each.found;
    if (found > MOST_FOUND) break;
    telling.push(each.pair);
  }
  return anyOfQuery(town.id, telling, village);
}

/** On what part of the entries the letters or the village stand. What is not listed stands on fewer than the least of the listed. */
function shareOf(town: Town, { of }: WordFrequencies, letters: string, village: string | null): number {
  const { words, named } = lexemesOf(town.id, { letters, named: village === null ? [] : [village] });
  return of.get(village === null ? (words[0] ?? "") : (named[0] ?? "")) ?? LEAST;
}

/** About the least that the database lists of five thousand. */
const LEAST = 0.0002;
