/** A text freed of what does not tell it from another: case, width, space, punctuation. */
export function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s\p{Punctuation}\p{Symbol}]/gu, "");
}

/** Days and counts are what somebody changes who copies a text: one stands for all. */
const NUMBERS = /[0-9一二两三四五六七八九十百千]+/g;

/**
 * How much of two texts is the same but for their numbers, 0 to 1: their runs of three signs, those in both of those in either (Jaccard).
 */
export function alike(a: string, b: string): number {
  const [short = 0, long = 0] = [a.length, b.length].toSorted((one, other) => one - other);
  if (short * 2 < long) return 0; // cannot be half the same, and is not worth the counting
  const [inA, inB] = [runsOf(bare(a).replaceAll(NUMBERS, "0"), 3), runsOf(bare(b).replaceAll(NUMBERS, "0"), 3)];
  const both = shared(inA, inB);
  return both === 0 ? 0 : both / (inA.size + inB.size - both);
}

/** How much of the shorter text stands in the other, 0 to 1, by runs of two signs: the same matter told in other words. */
export function retold(a: string, b: string): number {
  const [inA, inB] = [runsOf(bare(a), 2), runsOf(bare(b), 2)];
  const least = Math.min(inA.size, inB.size);
  return least === 0 ? 0 : shared(inA, inB) / least;
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const run of a) if (b.has(run)) both += 1;
  return both;
}

/** In units of UTF-16: a sign outside the first plane counts as two, in both texts alike. */
function runsOf(text: string, length: number): ReadonlySet<string> {
  const runs = new Set<string>();
  for (let at = 0; at + length <= text.length; at++) runs.add(text.slice(at, at + length));
  return runs;
}
