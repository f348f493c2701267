/** A text freed of what does not tell it from another: case, width, space, punctuation. */
export function bare(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Mark}\p{Number}]/gu, "");
}

/** The neighbouring characters of a text, two by two: the one way in which texts are compared here. */
export type Pairs = ReadonlySet<string>;

/** In units of UTF-16: a character outside the first plane counts as two, in both texts alike. */
export function pairsOf(text: string): Pairs {
  const letters = bare(text);
  const pairs = new Set<string>();
  for (let at = 0; at + 2 <= letters.length; at++) pairs.add(letters.slice(at, at + 2));
  return pairs;
}

/** How near two texts are, 0 to 1; it ranks, and a person decides. */
export type Nearness = {
  /** Of the pairs of both, those that stand in both (Jaccard): 1 is the same text. */
  readonly alike: number;
  /** Of the shorter text's pairs, those that stand in the longer: 1 is the same matter told within more words. */
  readonly retold: number;
};

export function nearnessOf(a: Pairs, b: Pairs): Nearness {
  const shared = a.intersection(b).size;
  const [least, all] = [Math.min(a.size, b.size), a.size + b.size - shared];
  return { alike: all === 0 ? 0 : shared / all, retold: least === 0 ? 0 : shared / least };
}
