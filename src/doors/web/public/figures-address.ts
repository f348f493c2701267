import { isId } from "#platform/ids";
import { COUNTED, isKeyOf, type Counted, type ListCounted } from "#publication/counted-entries";
import type { Circle } from "#publication/figures";
import { errorPage } from "#doors/web/error-pages";
import type { Visit } from "#doors/web/visit";

/** Which number an address asks for, and from which entry on. */
export type AskedNumber = Omit<ListCounted, "limit">;

/** Where one number opens: the town's, or a unit's or campaign's. */
export function countedHref(counted: Counted, circle: Partial<Circle> = {}, before: string | null = null): string {
  return `/figures/${counted}${queryOf({ ...circle, before })}`;
}

/** The same entries as a table to keep. */
export function countedFileHref(asked: AskedNumber, part = 1): string {
  return `/figures/${asked.counted}/entries.csv${partOf(asked, part)}`;
}

/** Where they are more than a file holds: one file after another. */
export function countedFilesHref(asked: AskedNumber, part = 1): string {
  return `/figures/${asked.counted}/files${partOf(asked, part)}`;
}

function partOf({ circle, before }: AskedNumber, part: number): string {
  return queryOf({ ...circle, before, part: part === 1 ? null : String(part) });
}

function queryOf(parts: { readonly [name: string]: string | null }): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value !== null) query.set(name, value);
  return query.size === 0 ? "" : `?${query.toString()}`;
}

/** Answers for the number that the address asks for, or says what is wrong with it. */
export async function answerNumber(
  visit: Visit,
  figure: string,
  answer: (visit: Visit, asked: AskedNumber) => Promise<Response>,
): Promise<Response> {
  const words = visit.words.figures;
  const counted = COUNTED.find((known) => known === figure);
  const { unit = null, campaign = null, before = null } = visit.context.req.query();
  if (counted === undefined) return errorPage(visit, 404, words.unknown, words.unknownHint);
  const isCut = [unit, campaign].some((id) => id !== null);
  const isReadable = [unit, campaign].every((id) => id === null || isId(id)) && (before === null || isKeyOf(counted, before));
  // A report is nobody's until it is a problem: its reply counts for the town alone.
  if (!isReadable || (counted === "response" && isCut))
    return errorPage(visit, 400, visit.words.common.errors.badRequest, words.unknownHint);
  return answer(visit, { counted, circle: { unit, campaign }, before });
}
