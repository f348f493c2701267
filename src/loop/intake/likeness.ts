import { bare, nearnessOf, pairsOf, type Pairs } from "#platform/nearness";

/** How like two texts are, and the longest run of letters that both have, which says why. */
export type Likeness = { readonly alike: number; readonly both: string };

/** Of the shorter text's pairs, so many must stand in the other: below it, nobody would take one for the other. */
const FLOOR = 0.12;

// What a text says in its first two thousand characters tells it from another.
const COMPARED_CHARACTERS = 2000;

/** Pairs that tell of no matter: anybody's complaint has them, and so has every place by a village's mouth. */
const TELL_NOTHING: ReadonlySet<string> = new Set(
  (
    "没有 没人 有人 不了 不能 不到 已经 我们 他们 一个 时候 因为 现在 好几 几天 多天 三天 两天 几次 多月 个月 一直 问题 经常 今天 昨天 " +
    "晚上 白天 附近 旁边 村口 路口 门口 村里 里的 的时 了三 了两 了好 天了 了天 都没 又没 还没 也没 很多 希望 尽快 解决 反映 群众 村民 老人"
  )
    .split(" ")
    .filter((pair) => pair.length === 2),
);

/** A text as it is compared: without what tells of no matter, and without the names of the places, which everything said there shares. */
export function comparable(text: string, places: readonly string[]): Pairs {
  const named = places.map((place) => pairsOf(place));
  return new Set(
    [...pairsOf(text.slice(0, COMPARED_CHARACTERS))].filter((pair) => !TELL_NOTHING.has(pair) && !named.some((pairs) => pairs.has(pair))),
  );
}

/** Null below the floor: the same village alone makes no likeness. */
export function likenessOf(text: string, pairs: Pairs, other: Pairs): Likeness | null {
  const { alike, retold } = nearnessOf(pairs, other);
  return retold < FLOOR ? null : { alike, both: longestOf(text, pairs.intersection(other)) };
}

function longestOf(text: string, shared: Pairs): string {
  const letters = bare(text.slice(0, COMPARED_CHARACTERS));
  let [longest, run] = ["", ""];
  for (let at = 0; at + 2 <= letters.length; at++) {
    const pair = letters.slice(at, at + 2);
    run = shared.has(pair) ? (run === "" ? pair : run + pair.slice(1)) : "";
    if (run.length > longest.length) longest = run;
  }
  return longest;
}
