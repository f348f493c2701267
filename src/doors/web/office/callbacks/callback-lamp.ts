import { DAY_MS, dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { dayWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

const SOON_MS = 2 * DAY_MS;

/** Before which day a reporter has to be asked, for their window ends on it; amber on the last two. */
export function callBackLamp(visit: Visit, until: Date): Html {
  const light = until.getTime() - visit.at.getTime() <= SOON_MS ? "amber" : "green";
  const { by, before } = visit.words.office.callbacks.askBy;
  return html`<span class="lamp ${light}">
    <span>${by}${dayWords(visit, dayOf(until))}${before}</span>
  </span>`;
}
