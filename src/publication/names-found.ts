import { searchText } from "#platform/search-words";
import type { Directory } from "./directory.ts";

type Name = { readonly id: string; readonly letters: string };

/** Which villages, units and officers have these letters in their name. */
export type NamesFound = (letters: string) => readonly string[];

// A directory never changes: its names are made into letters once, by whoever looks for something first.
const letteredOf = new WeakMap<Directory, readonly Name[]>();

export function namesFoundIn(names: Directory): NamesFound {
  const lettered = letteredOf.get(names) ?? letteredIn(names);
  letteredOf.set(names, lettered);
  return (letters) => lettered.flatMap((name) => (name.letters.includes(letters) ? [name.id] : []));
}

function letteredIn({ villages, units, officers }: Directory): readonly Name[] {
  const named = [...villages.values(), ...units.values()].map(({ id, zh, en }) => ({ id, letters: searchText(zh, en) }));
  return [...named, ...[...officers.values()].map(({ id, name }) => ({ id, letters: searchText(name) }))];
}
