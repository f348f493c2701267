import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { nameOf, type Visit } from "#doors/web/visit";

/**
 * The village and the place, as far as somebody said, or null. A place is typed in any script and at any length: it turns nothing
 * around it, and breaks where it must (`bdi` in base.css).
 */
export function whereWords(visit: Visit, names: Directory, at: { readonly village: string | null; readonly place: string }): Html | null {
  const village = at.village === null ? "" : nameOf(visit, names.villages.get(at.village));
  if (at.place === "") return village === "" ? null : html`${village}`;
  return html`${village === "" ? "" : `${village}${visit.words.common.comma}`}<bdi>${at.place}</bdi>`;
}
