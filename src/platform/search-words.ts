import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

const LONGEST_TEXT = 20_000;
const LONGEST_WORD = 40;
const HAN_RUN = /\p{Script=Han}+/gu;
const WORD_RUN = /[\p{Letter}\p{Number}]+/gu;

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
  for (const text of texts) for (const word of wordsOf(text)) words.add(word);
  return [...words].map((word) => quotedLexeme(`${town}/${word}`)).join(" ");
}

/**
 * As searchVector, from neighbouring characters alone: finds the same for every `searchQuery`, at a third of the time and without
 * the dictionary in memory. For texts that come fast and are looked for seldom.
 */
export function pairVector(town: string, ...texts: readonly string[]): string {
  const words = new Set<string>();
  for (const text of texts) {
    for (const [run] of normalised(text).slice(0, LONGEST_TEXT).matchAll(WORD_RUN)) addPairs(words, run);
  }
  return [...words].map((word) => quotedLexeme(`${town}/${word}`)).join(" ");
}

/**
 * The query for what a person typed, in the text form of a tsquery, or null when nothing in it can be searched for.
 * Character pairs alone decide (they are a superset of what jieba cuts); a match is re-checked with `LIKE` on the text.
 */
export function searchQuery(town: string, typed: string): string | null {
  const words = searchWords(town, typed);
  return words.length === 0 ? null : words.map(quotedLexeme).join(" & ");
}

/** The lexemes of `searchQuery`, as the index holds them. */
export function searchWords(town: string, typed: string): readonly string[] {
  const words = new Set<string>();
  const text = normalised(typed).slice(0, 100);
  for (const [run] of text.matchAll(WORD_RUN)) {
    const hans = run.match(HAN_RUN) ?? [];
    for (const han of hans) for (const pair of pairsOf(han)) words.add(pair);
    for (const other of run.split(HAN_RUN)) if (other !== "") words.add(other.slice(0, LONGEST_WORD));
  }
  return [...words].slice(0, 24).map((word) => `${town}/${word}`);
}

/** The pieces a match must contain literally, lower case: the typed text split at white space. */
export function searchPieces(typed: string): readonly string[] {
  return normalised(typed)
    .slice(0, 100)
    .split(/\s+/)
    .filter((piece) => piece !== "")
    .slice(0, 8);
}

/** The text that `LIKE` re-checks: lower case, width folded, well-formed. */
export function searchText(...texts: readonly string[]): string {
  return texts.map((text) => normalised(text).slice(0, LONGEST_TEXT)).join("\n");
}

function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [run] of normalised(text).slice(0, LONGEST_TEXT).matchAll(WORD_RUN)) {
    addPairs(words, run);
    for (const han of run.match(HAN_RUN) ?? []) if (han.length > 2) for (const word of cutter().cutForSearch(han, true)) words.add(word);
  }
  return words;
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
  for (const other of run.split(HAN_RUN)) if (other !== "") words.add(other.slice(0, LONGEST_WORD));
}

function pairsOf(han: string): readonly string[] {
  const chars = Array.from(han);
  if (chars.length === 1) return chars;
  return chars.slice(1).map((char, i) => `${chars[i] ?? ""}${char}`);
}

function normalised(text: string): string {
  return text.toWellFormed().normalize("NFKC").toLowerCase();
}

function quotedLexeme(lexeme: string): string {
  if (!/['\\]/.test(lexeme)) return `'${lexeme}'`;
  return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
