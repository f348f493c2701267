import { searchText } from "#platform/search-words";
import type { Directory } from "./directory.ts";

type Name = { readonly id: string; readonly letters: string };

/** Letters that stand in more names than this mean none of them: `村` is in every village. */
const MOST_NAMED = 100;

/** Which villages, units and officers have these letters in their name. */
export type NamesFound = (letters: string) => readonly string[];

// A directory never changes: its names are made into letters once, by whoever looks for something first.
const letteredOf = new WeakMap<Directory, readonly Name[]>();

export function namesFoundIn(names: Directory): NamesFound {
  const lettered = letteredOf.get(names) ?? letteredIn(names);
  letteredOf.set(names, lettered);
  return (letters) => {
    const found = lettered.filter((name) => name.letters.includes(letters)).map(({ id }) => id);
    return found.length > MOST_NAMED ? [] : found;
  };
}

function letteredIn({ villages, units, officers }: Directory): readonly Name[] {
  const named = [...villages.values(), ...units.values()].map(({ id, zh, en }) => ({ id, letters: searchText(zh, en) }));
  return [...named, ...[...officers.values()].map(({ id, name }) => ({ id, letters: searchText(name) }))];
}
