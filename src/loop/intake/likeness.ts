import { bare, nearnessOf, pairsOf, type Pairs } from "#platform/nearness";

/**
 * Of the shorter text's pairs so many must stand in the other, and so many at least: below it, nobody would take one for the other. More
 * where it may be anywhere: in a town the same thing goes wrong in many a village.
 */
export type Floor = { readonly retold: number; readonly pairs: number };
export const HERE: Floor = { retold: 0.12, pairs: 1 };
export const ANYWHERE: Floor = { retold: 0.3, pairs: 2 };

/** Pairs that tell of no matter: anybody's complaint has them, and so has every place by a village's mouth. */
const TELL_NOTHING: ReadonlySet<string> = new Set(
  (
    "没有 没人 有人 不了 不能 不到 已经 我们 他们 一个 时候 因为 现在 好几 几天 多天 三天 两天 几次 多月 个月 一直 问题 经常 今天 昨天 " +
    "晚上 白天 附近 旁边 村口 路口 门口 村里 里的 的时 了三 了两 了好 天了 了天 都没 又没 还没 也没 很多 希望 尽快 解决 反映 群众 村民 老人"
  )
    .split(" ")
    .filter((pair) => pair.length === 2),
);

/** The pairs of the names of places, which everything said there shares. */
export function pairsOfPlaces(names: readonly string[]): Pairs {
  return new Set([...new Set(names)].flatMap((name) => [...pairsOf(name)]));
}

/** A text as it is compared: without what tells of no matter, without the names of these places, and without numbers, which pairs cut. */
export function comparable(text: string, places: Pairs): Pairs {
  return new Set([...pairsOf(text)].filter((pair) => !TELL_NOTHING.has(pair) && !places.has(pair) && !/\p{Number}/u.test(pair)));
}

/** How like two texts are (`nearnessOf`); null below the floor: the same village alone makes no likeness. */
export function likenessOf(pairs: Pairs, other: Pairs, floor: Floor): number | null {
  const { alike, retold } = nearnessOf(pairs, other);
  return retold < floor.retold || pairs.intersection(other).size < floor.pairs ? null : alike;
}

/** The longest run of letters of a text whose pairs both have: it says why they are alike. */
export function longestOf(text: string, shared: Pairs): string {
  const letters = bare(text);
  let [longest, run] = ["", ""];
  for (let at = 0; at + 2 <= letters.length; at++) {
    const pair = letters.slice(at, at + 2);
    run = shared.has(pair) ? (run === "" ? pair : run + pair.slice(1)) : "";
    if (run.length > longest.length) longest = run;
  }
  return longest;
}
