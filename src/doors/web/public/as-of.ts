import type { UpTo } from "#publication/figures";
import { html, type Html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** What figures are of: the minute they were read, the leaves they count, and those that are not counted yet. */
export function asOfLine(visit: Visit, { leaves, behind }: UpTo): Html {
  const words = visit.words.figures;
  return html`<p class="tally">
    ${words.asOf.before}${instantWords(visit, visit.at)}${words.asOf.after}
    <a class="in-line" href="/log">${words.leaves(leaves)}</a>${behind === 0 ? "" : words.behind(behind)}
  </p>`;
}
