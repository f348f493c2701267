import { clockOf, dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { UpTo } from "#publication/figures";
import { html, type Html } from "#doors/web/html";
import { instantWords, keptDay } from "#doors/web/ui/day";
import { nameOf, type Visit } from "#doors/web/visit";

/** What figures are of: the minute they were read, the leaves they count, and those that are not counted yet. */
export function asOfLine(visit: Visit, { leaves, behind }: UpTo): Html {
  const words = visit.words.figures;
  return html`<p class="tally">
    ${words.asOf.before}${instantWords(visit, visit.at)}${words.asOf.after}
    <a class="in-line" href="/log">${words.leaves(leaves)}</a>${behind === 0 ? "" : words.behind(behind)}
  </p>`;
}

type Cited = { readonly told: string; readonly value: string; readonly href: string };

/** One line to copy: whose number, what it is, of which minute and leaf, and where it opens. */
export function citedLine(visit: Visit, names: Directory, { leaves }: UpTo, { told, value, href }: Cited): Html {
  const words = visit.words.figures;
  const line = words.cited({
    ledger: visit.words.common.ledgerOf(nameOf(visit, names.town)),
    told,
    value,
    at: `${keptDay(visit, dayOf(visit.at))} ${clockOf(visit.at)}`,
    leaves,
    address: new URL(href, visit.program.origin).href,
  });
  return html`<p class="tally">
      ${words.cite}<br>
      ${line}
    </p>
    <p>
      <copy-text data-label="${words.copy}" data-done="${words.copied}" data-text="${line}"></copy-text>
    </p>`;
}
