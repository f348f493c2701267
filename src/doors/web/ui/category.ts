import type { Directory } from "#publication/directory";
import { nameOf, type Visit } from "#doors/web/visit";

/** The category of a report, or that nobody has set it yet. */
export function categoryWords(visit: Visit, names: Directory, category: string | null): string {
  return category === null ? visit.words.common.undecided : nameOf(visit, names.categories.get(category));
}
