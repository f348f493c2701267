/**
 * What people type is judged by what they see. Two forms of one text: `judgeable` for whatever is compared, counted or looked up
 * (numbers, days, codes, logins, searches), and `keptWords` for sentences, which stay as their writer wrote them.
 */

/** A number, a day or a name somebody types is judged up to here: nobody's is longer, and a long text costs time. */
export const LONGEST_JUDGED = 100;

/** Characters without a shape of their own: UAX #44 Default_Ignorable_Code_Point (variation selectors and fillers among them) and Cf. */
const SHAPELESS = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Noncharacter_Code_Point}]/gu;

/** The text as it is compared: NFKC, nothing without a shape, every run of white space one space, none at its ends. */
export function judgeable(typed: string): string {
  // Twice: a letter and its mark can meet only when what stood between them is gone, and NFKC itself makes fillers (U+3164).
  const shaped = typed.toWellFormed().replaceAll(SHAPELESS, "").normalize("NFKC").replaceAll(SHAPELESS, "");
  return shaped.normalize("NFKC").replaceAll(/\s+/g, " ").trim();
}

/** Every sign that people take for a dash. */
export const DASH = "\\p{Dash_Punctuation}\\u2212";
const DASHES = new RegExp(`[${DASH}]`, "gu");

export function withPlainDashes(text: string): string {
  return text.replaceAll(DASHES, "-");
}

const LINE_END = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/**
 * Never kept: what turns the order of reading (UAX #9: U+061C, 200E, 200F, 202A–202E, 2066–2069), what is not there at all (zero-width
 * and soft hyphen, byte order marks, annotations, C1 controls, noncharacters), and tags outside a flag, which can hide a second text.
 * Joiners, variation selectors and the tags of a flag stay: emoji and rare characters of names are made of them.
 */
// eslint-disable-next-line no-control-regex
const NEVER_KEPT = /[\u0080-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const NONCHARACTER = /\p{Noncharacter_Code_Point}/gu;
const FLAG_OR_TAG = /\u{1F3F4}[\u{E0020}-\u{E007F}]{1,12}|[\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}]/gu;
/** More marks than any script puts on one letter cover the lines above and below. */
const PILED_MARKS = /(\p{M}{8})\p{M}+/gu;

/** Each of these is seen, and a grapheme by itself, whatever stands beside it: most of what people write in one line holds nothing else. */
const PLAIN = /^[ -~\u2010-\u2027\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff5e]*$/;

/** A sentence as it is kept: its writer's characters, lines ended by `\n`, without what nobody sees or what reorders it. */
export function keptWords(typed: string): string {
  if (PLAIN.test(typed)) return typed.trim();
  const seen = typed
    .replaceAll(LINE_END, "\n")
    .replaceAll(NEVER_KEPT, "")
    .replaceAll(NONCHARACTER, "")
    .replaceAll(FLAG_OR_TAG, (found) => (found.startsWith("\u{1F3F4}") ? found : ""))
    .replaceAll(PILED_MARKS, "$1");
  return withoutEnds(seen);
}

const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Words as a page shows them: those that were kept before nothing that turns the order of reading was kept read as they are stored. */
export function withoutTurns(words: string): string {
  return words.replaceAll(TURNS, "");
}

const BLANK = /^[\s\p{Default_Ignorable_Code_Point}\u2800]$/u;
/** Belongs to the character before it, so at the end of a text it stays. */
const ATTACHED = /^[\p{Variation_Selector}\u{E0020}-\u{E007F}]$/u;

/** Walked from both ends: `\s+$` takes quadratic time on a long run of spaces in the middle. */
function withoutEnds(text: string): string {
  const characters = Array.from(text);
  const from = characters.findIndex((character) => !BLANK.test(character));
  if (from === -1) return "";
  const to = characters.findLastIndex((character) => !BLANK.test(character) || ATTACHED.test(character));
  return characters.slice(from, to + 1).join("");
}

/** A character that can be seen by itself: no space, no mark, no filler, no blank braille, no null notehead. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{M}\p{Noncharacter_Code_Point}\u2800\u{1D159}]/u;

/** Whether nothing in the text can be seen. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}

/** Characters as the database counts them (code points): an emoji of four is four everywhere. */
export function lengthOf(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });
const LONGEST_GRAPHEME = 16;

/** The text, or its beginning and `…` where it is longer than so many characters as people count them (UAX #29 graphemes). */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  if (PLAIN.test(text.slice(0, most + 1))) return `${text.slice(0, most).trimEnd()}…`;
  let count = 0;
  let kept = "";
  for (const { segment } of graphemes.segment(text)) {
    if (count === most || kept.length + segment.length > most * LONGEST_GRAPHEME) return `${kept.trimEnd()}…`;
    kept += segment;
    count += 1;
  }
  return text;
}
