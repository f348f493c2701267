import { z } from "zod";
import type { Subject } from "#audit/append-event";
import { latestWords, wordsWith, type SaidWords } from "#audit/queries";
import { REDACTED } from "#audit/redact-beside";
import { isBlank, lengthOf } from "#platform/characters";
import { line, paragraph, type FieldFault } from "#platform/text";
import type { Town } from "#platform/town";
import { isOpenWord } from "./public-verbs.ts";

const MOST_MARKS = 20;
const LONGEST_MARK = 200;
const NONE = { error: "marks/none" } as const satisfies { readonly error: FieldFault };
const TOO_MANY = { error: "text/too-long" } as const satisfies { readonly error: FieldFault };

/** What was marked to be covered: words wherever they stand, one a line, and texts that go whole, each by its key. */
export const MarkWords = z
  .object({
    words: z
      .string()
      .default("")
      .transform((typed) => typed.split("\n").filter((one) => !isBlank(one)))
      .pipe(z.array(line(LONGEST_MARK)).max(MOST_MARKS, TOO_MANY)),
    whole: z.array(line(100)).max(MOST_MARKS, TOO_MANY),
    reason: paragraph(500),
  })
  .refine(({ words, whole }) => words.length + whole.length > 0, { path: ["words"], ...NONE });
export type MarkWords = z.output<typeof MarkWords>;
export type Marks = Pick<MarkWords, "words" | "whole">;

/** A text that somebody wrote about a problem or in a report, and whether everybody reads it. */
export type Markable = SaidWords & { readonly key: string; readonly isPublic: boolean };

/** A text with its words covered: as it will stand, `REDACTED` where it goes whole. */
export type MarkedText = Markable & { readonly left: string };

/** What officers, units and reports are called is no text that somebody wrote. */
const NAMES = /^(?:from)?(?:leader[12]|unitName)$|^verifier$|^report$/i;

/** The latest texts that stand and were not covered whole, the first first. */
export async function findMarkable(town: Town, about: Subject): Promise<readonly Markable[]> {
  return markable(await latestWords(town, about));
}

/** The texts that the marks touch, as they will stand: of thousands the latest, so that marking again reaches the others. */
export async function findMarked(town: Town, about: Subject, { words, whole }: Marks): Promise<readonly MarkedText[]> {
  const hits = words.length === 0 ? [] : await wordsWith(town, about.id, words);
  const texts = new Map([...markable(await latestWords(town, about)), ...markable(hits)].map((one) => [one.key, one]));
  return [...texts.values()].flatMap((one) => {
    const left = whole.includes(one.key) ? REDACTED : without(one.text, words);
    return left === one.text ? [] : [{ ...one, left }];
  });
}

function markable(said: readonly SaidWords[]): readonly Markable[] {
  return said
    .filter(({ field }) => !NAMES.test(field))
    .map((one) => ({ ...one, key: `${one.event}.${one.field}`, isPublic: isOpenWord(one.verb, one.field) }));
}

/** Each word is covered by as many blocks as it has characters, three at most: nothing grows longer than its field may be. */
function without(text: string, words: readonly string[]): string {
  const longestFirst = words.toSorted((one, other) => other.length - one.length);
  const left = longestFirst.reduce((rest, word) => rest.replaceAll(word, REDACTED.slice(0, lengthOf(word))), text);
  return /[^■\s]/.test(left) ? left : REDACTED;
}

/** The words that stand in none of the texts. */
export function strayIn(texts: readonly Markable[], words: readonly string[]): readonly string[] {
  return words.filter((word) => !texts.some(({ text }) => text.includes(word)));
}
