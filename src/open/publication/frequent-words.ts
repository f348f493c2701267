import { wordFrequencies } from "#ledger/word-frequencies";
import { lexemesOf, type Piece } from "#platform/search-words";
import type { Town } from "#platform/town";

/** Above this part of the entries a page is filled sooner by walking the newest than by fetching every match. */
const COMMON = 0.002;

/** Whether entries with all these pieces may be many: none of them is known to be rare. */
export async function isCommon(town: Town, pieces: readonly Piece[]): Promise<boolean> {
  const { of } = await wordFrequencies(town, "ledger.problem");
  const frequencyOf = (lexeme: string) => of.get(lexeme) ?? 0;
  return pieces.every((piece) => {
    const { words, named } = lexemesOf(town.id, piece);
    // The letters of a piece stand together at most as often as the rarest of them; whom it names are found beside them.
    return Math.min(...words.map(frequencyOf)) + sum(named.map(frequencyOf)) >= COMMON;
  });
}

function sum(parts: readonly number[]): number {
  return parts.reduce((all, part) => all + part, 0);
}
