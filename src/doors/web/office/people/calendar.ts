import { THE_CALENDAR } from "#audit/the-town";
import { AdoptCalendar, adoptCalendar } from "#intake/adopt-calendar";
import { keptWords } from "#platform/characters";
import { calendarVersion, listCalendarYears, type CalendarYear } from "#limits/calendar";
import type { Sent } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { paragraphField } from "#doors/web/ui/field";
import { dayWords, instantWords } from "#doors/web/ui/day";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { calendarWarning } from "#doors/web/office/calendar-warning";
import { changedMeanwhile } from "./meanwhile.ts";
import { BLANK, drawnOver, formPanel, sendSettings, settingsForm, topOf, type SettingsDrawn } from "./settings-form.ts";

const LARGEST_JSON = 50_000;

export const calendarRoutes = [
  route("GET /office/rules/calendar", { who: "keep-limits", kind: "page" }, (visit) => calendarPage(visit, BLANK)),
  route("POST /office/rules/calendar", { who: "keep-limits", kind: "bulk" }, (visit) =>
    sendSettings(visit, {
      purpose: "calendar.import",
      schema: AdoptCalendar,
      read: pasted,
      act: adoptCalendar,
      to: "/office/rules/calendar?done=imported",
      back: (drawn) => calendarPage(visit, { ...drawn, faults: inOneField(visit, drawn) }),
    }),
  ),
];

/** Whatever was pasted, as JSON; null when it is none, which the schema then refuses. */
function pasted(sent: Sent): unknown {
  if ((sent.typed["json"] ?? "").length > LARGEST_JSON) return null;
  // Copied from a page or a chat: byte order marks and zero-width characters are no JSON, and neither are their spaces.
  const text = keptWords(sent.typed["json"] ?? "").replaceAll(/[\u00a0\u3000]/g, " ");
  try {
    return withVersion(JSON.parse(text), sent);
  } catch {
    return null;
  }
}

function withVersion(year: unknown, { typed: { version } }: Sent): unknown {
  return typeof year === "object" && year !== null ? { ...year, version } : null;
}

/** A year is pasted as one piece, so whatever is wrong inside it is said beside that one field. */
function inOneField(visit: Visit, drawn: SettingsDrawn): SettingsDrawn["faults"] {
  if (drawn.status !== 422) return drawn.faults;
  return { json: visit.words.common.faults["calendar/impossible"] };
}

async function calendarPage(visit: Visit, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.settings.calendar;
  const shown = await drawnOver(visit, drawn, { typed: {}, version: await calendarVersion(visit.town), subject: THE_CALENDAR });
  const names = await visit.names();
  const years = await listCalendarYears(visit.town);
  const field = paragraphField(visit, {
    name: "json",
    label: words.json,
    hint: words.importHint,
    rows: 8,
    typed: { json: words.example, ...shown.typed },
    faults: shown.faults,
  });
  const body = html`${topOf(visit, shown)} ${changedMeanwhile(visit, names, shown.meanwhile)} ${await calendarWarning(visit)}
  ${officeHead(words.title, words.under)}
  ${years.map((year) => yearPanel(visit, year))}
  <div id="f-form" tabindex="-1">
    ${formPanel("import", words.import, settingsForm("/office/rules/calendar", shown, field, words.import))}
  </div>`;
  return officePage(visit, names, {
    title: words.title,
    body,
    at: "calendar",
    status: drawn.status,
    faulty: drawn.status !== 200,
  });
}

function yearPanel(visit: Visit, year: CalendarYear): Html {
  const words = visit.words.people.settings.calendar;
  const count = (kind: "off" | "work") => year.days.filter((day) => day.kind === kind).length;
  const rows = year.days.map(
    (day) =>
      html`<tr>
        <th scope="row">${dayWords(visit, day.day)}</th>
        <td>${words[day.kind]}</td>
        <td>${day.name}</td>
      </tr>`,
  );
  return html`<details class="office-act">
    <summary>${words.year(year.year)}<span>${words.counts(count("off"), count("work"))}</span></summary>
    <div>
      <p class="office-note">${words.source} ${year.source} · ${instantWords(visit, year.importedAt)}</p>
      <div class="office-table">
        <table class="table">
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
    </div>
  </details>`;
}
