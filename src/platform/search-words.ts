import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { judgeable, LONGEST_JUDGED } from "./characters.ts";

/** The way in which words are made now; a row that was made in an earlier one is made again by the clock (`search_made`). */
export const SEARCH_MADE = 1;
/** How many rows are made anew at a time, and in one run of the clock. */
export const REMADE = { atOnce: 200, inOneRun: 10_000 } as const;

const LONGEST_TEXT = 20_000;
const MOST_PIECES = 8;
const HAN_RUN = /\p{Script=Han}+/gu;
const WORD_RUN = /[\p{Letter}\p{Number}]+/gu;
/** What stands between letters, with the Han character before and after it, if there is one. */
const GAP = /(\p{Script=Han}?)[^\p{Letter}\p{Number}]+(?=(\p{Script=Han}?))/gu;
/** The index takes no lexeme of any length: a longer word is found by its parts. */
const PART = /.{1,40}/gsu;

/** One of the pieces that somebody looks for: letters that stand together, or the ids of those whose name has them. */
export type Piece = { readonly letters: string; readonly named: readonly string[] };

let jieba: Jieba | undefined;

// Loading the dictionary takes about 0.4 s: paid by the first text that needs words, not by the start.
function cutter(): Jieba {
  return (jieba ??= Jieba.withDict(dict));
}

/**
 * The lexemes a text is found by: jieba's words plus every pair of neighbouring Han characters (shared/standards.md §5.2),
 * each behind the town's id so that one index serves many towns without reading a neighbour's rows.
 * Returned in the text form of a tsvector; bind it as `$1::tsvector`.
 */
export function searchVector(town: string, ...texts: readonly string[]): string {
  const words = new Set<string>();
  for (const text of texts) {
    for (const [run] of lettersOf(text).matchAll(WORD_RUN)) {
      addPairs(words, run);
      for (const han of run.match(HAN_RUN) ?? []) if (han.length > 2) for (const word of cutter().cutForSearch(han, true)) words.add(word);
    }
  }
  return [...words].map((word) => lexeme(town, word)).join(" ");
}

/**
 * As searchVector, from neighbouring characters alone: finds the same for every `searchQuery`, at a third of the time and without
 * the dictionary in memory. For texts that come fast and are looked for seldom.
 */
export function pairVector(town: string, ...texts: readonly string[]): string {
  const words = new Set<string>();
  for (const text of texts) for (const [run] of lettersOf(text).matchAll(WORD_RUN)) addPairs(words, run);
  return [...words].map((word) => lexeme(town, word)).join(" ");
}

/** The lexemes of those whom a row is about, to be put behind its words: by their ids it is found under whatever name they have by then. */
export function namedVector(town: string, ids: readonly string[]): string {
  return ids.map((id) => lexeme(town, named(id))).join(" ");
}

/** What was typed, in the pieces that each must be found: parted at white space, and at what stands beside a Han character. */
export function searchPieces(typed: string): readonly string[] {
  return judgeable(typed)
    .slice(0, LONGEST_JUDGED)
    .split(" ")
    .flatMap((chunk) => lettersOf(chunk, "\n").split("\n"))
    .filter((piece) => piece !== "")
    .slice(0, MOST_PIECES);
}

/**
 * The query for all of some pieces, in the text form of a tsquery, or null when there is none. Character pairs alone decide (they
 * are a superset of what jieba cuts); where it matters a match is re-checked with `LIKE` on the text.
 */
export function searchQuery(town: string, pieces: readonly Piece[]): string | null {
  const either = pieces.map(({ letters, named: ids }) =>
    [
      `(${searchWords(letters)
        .map((word) => lexeme(town, word))
        .join(" & ")})`,
      ...ids.map((id) => lexeme(town, named(id))),
    ].join(" | "),
  );
  return either.length === 0 ? null : either.map((one) => `(${one})`).join(" & ");
}

/** The query for any of some pairs of letters, in the text form of a tsquery; `about` narrows it to what is about this id. */
export function anyOfQuery(town: string, pairs: readonly string[], about: string | null): string | null {
  if (pairs.length === 0) return null;
  const any = pairs.map((pair) => lexeme(town, pair)).join(" | ");
  return about === null ? any : `${lexeme(town, named(about))} & (${any})`;
}

/** The lexemes of a piece as the index holds them: those of its letters, all together, and one for each it names. */
export function lexemesOf(
  town: string,
  { letters, named: ids }: Piece,
): { readonly words: readonly string[]; readonly named: readonly string[] } {
  return { words: searchWords(letters).map((word) => `${town}/${word}`), named: ids.map((id) => `${town}/${named(id)}`) };
}

/** The text that `LIKE` re-checks: letters and digits alone, as `searchPieces` has them. */
export function searchText(...texts: readonly string[]): string {
  return texts.map((text) => lettersOf(text)).join("\n");
}

/**
 * Letters and digits as they are compared, without what cannot be seen, without width and case. Two words of letters keep one space
 * between them; beside a Han character nothing stands, or what the caller wants there.
 */
function lettersOf(text: string, besideHan = ""): string {
  return judgeable(text)
    .slice(0, LONGEST_TEXT)
    .toLowerCase()
    .replaceAll(GAP, (_, before: string, after: string) => before + (before + after === "" ? " " : besideHan))
    .trim();
}

function searchWords(letters: string): readonly string[] {
  const words = new Set<string>();
  for (const [run] of letters.matchAll(WORD_RUN)) {
    for (const han of run.match(HAN_RUN) ?? []) for (const pair of pairsOf(han)) words.add(pair);
    addParts(words, run);
  }
  return [...words];
}

/** Han characters singly and in pairs; other letters and digits as words. */
function addPairs(words: Set<string>, run: string): void {
  for (const han of run.match(HAN_RUN) ?? []) {
    let before = "";
    for (const char of han) {
      words.add(char);
      if (before !== "") words.add(before + char);
      before = char;
    }
  }
  addParts(words, run);
}

function addParts(words: Set<string>, run: string): void {
  for (const other of run.split(HAN_RUN)) for (const [part] of other.matchAll(PART)) words.add(part);
}

function pairsOf(han: string): readonly string[] {
  const chars = Array.from(han);
  if (chars.length === 1) return chars;
  return chars.slice(1).map((char, i) => `${chars[i] ?? ""}${char}`);
}

/** No text has such a word. */
function named(id: string): string {
  return `@${id}`;
}

function lexeme(town: string, word: string): string {
  const text = `${town}/${word}`;
  if (!/['\\]/.test(text)) return `'${text}'`;
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
