import type { Named } from "#publication/directory";
import { nameOf, type Visit } from "#doors/web/visit";
import type { Option } from "./field.ts";
import { initialsOf } from "./initials.ts";

/** What the town has named, to choose from by number or by first letters. A retired one keeps its number: the others' never move. */
export function numberedOptions(visit: Visit, named: ReadonlyMap<string, Named>): readonly Option[] {
  return [...named.values()].map((one, place) => {
    const label = nameOf(visit, one);
    return { value: one.id, label, retired: one.retired, number: place + 1, initials: initialsOf(label) };
  });
}
