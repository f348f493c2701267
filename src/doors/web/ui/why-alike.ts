import type { Candidate } from "#intake/candidates";
import type { Directory } from "#publication/directory";
import { nameOf, type Visit } from "#doors/web/visit";

/** Why a problem is shown as perhaps the same: where it lies, and the words that both say. */
export function whyAlike(visit: Visit, names: Directory, { village, why }: Pick<Candidate, "village" | "why">): string {
  const words = visit.words.common.alike;
  const where = [
    ...(why.sameVillage ? [words.sameVillage] : []),
    ...(why.metres === null ? [] : [words.metres(why.metres)]),
    ...(why.sameVillage || why.metres !== null || village === null ? [] : [words.inVillage(nameOf(visit, names.villages.get(village)))]),
  ];
  return [...where, words.both(why.both)].join(visit.words.common.comma);
}

/** The village that a text names, with or without what kind of place it is (东塘村, 东塘); null where it names none, or two. */
export function villageNamedIn(names: Directory, text: string): string | null {
  const named = [...names.villages.values()].filter(({ retired, zh }) => {
    const bare = zh.replace(/(村|社区|居委会)$/u, "");
    return !retired && text.includes(bare.length < 2 ? zh : bare);
  });
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}
