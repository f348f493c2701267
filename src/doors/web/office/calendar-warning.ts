import { missingCalendarYears } from "#limits/calendar";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";

/** From October on: the calendar of the coming year is missing. With the way to import it, or who may; nothing while none is missing. */
export async function calendarWarning(visit: Visit): Promise<Html> {
  const missing = await missingCalendarYears(visit.town, visit.at);
  if (missing.length === 0) return html``;
  const words = visit.words.people.settings.calendar;
  const years = missing.join(visit.words.events.list);
  const act = mayOpen(visit, "POST /office/rules/calendar")
    ? html`<p>
        <a href="/office/rules/calendar#import">${words.importYears(years)}</a>
      </p>`
    : html`<p>${words.askAdmin}</p>`;
  return html`<div class="alert alert-warning" role="status">
    <p>${words.missing(years)}</p>
    ${act}
  </div>`;
}
