import type { Differs } from "#proof/check-standing";

const SAYS: Readonly<Record<Differs["says"], string>> = {
  differs: "与事件说的不同 / is not what the events tell",
  gone: "事件里有，表里没有 / events made it, it is not there",
  "slipped-in": "没有事件说过它 / no event made it",
};

/** What differs, where, and how. */
export function wordsOfDifference({ table, column, of, says }: Differs): string {
  const place = column === null ? table : `${table}.${column}`;
  return `${[of, place].filter((part) => part !== "").join(" ")}：${SAYS[says]}`;
}
