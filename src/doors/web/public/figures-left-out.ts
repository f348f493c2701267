import type { Counted } from "#publication/counted-entries";
import { countLeftOut } from "#publication/count-left-out";
import type { Circle, FigureSet } from "#publication/figures";
import { filterQuery, WHOLE_LEDGER } from "#publication/problem-filter";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { countedHref, type AskedNumber } from "./figures-address.ts";

/** What a number leaves out though somebody may look for it there; nothing where there is none of it. */
const LEFT_OUT: Readonly<Record<Counted, readonly ("dismissed" | "suspended" | "silent")[]>> = {
  problems: ["dismissed"],
  closed: [],
  overdue: ["suspended", "dismissed"],
  extended: ["dismissed"],
  silent: [],
  response: [],
  resolution: ["silent", "dismissed"],
  satisfaction: ["silent", "dismissed"],
  claim: ["suspended", "dismissed"],
  "on-time": ["suspended", "dismissed"],
  relapse: ["dismissed"],
};

/** Each with its number, which opens. */
export async function leftOutLine(visit: Visit, { counted, circle }: AskedNumber, set: FigureSet): Promise<Html> {
  const words = visit.words.figures.leftOut;
  const parts: Html[] = [];
  for (const what of LEFT_OUT[counted]) {
    const { count, isExact } = what === "silent" ? { count: set.silent, isExact: true } : await countLeftOut(visit.town, circle, what);
    const href = what === "silent" ? countedHref("silent", circle) : ledgerHref(circle, what);
    if (count > 0) parts.push(html`<a class="in-line" href="${href}">${words[what](isExact ? String(count) : words.atLeast(count))}</a>`);
  }
  if (parts.length === 0) return html``;
  return html`<p>${words.are}${parts.map((part, i) => (i === 0 ? part : html`${visit.words.events.list}${part}`))}</p>`;
}

function ledgerHref({ unit, campaign }: Circle, status: "dismissed" | "suspended"): string {
  return `/ledger?${filterQuery({ ...WHOLE_LEDGER, unit, campaign, status })}`;
}
