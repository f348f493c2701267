import { THE_CALENDAR } from "#audit/the-town";
import { AdoptCalendar, adoptCalendar } from "#intake/adopt-calendar";
import { keptWords } from "#platform/characters";
import { dayOf } from "#platform/instant";
import { day as dayTyped } from "#platform/text";
import { calendarVersion, listCalendarYears, type CalendarYear } from "#limits/calendar";
import { ImportCalendar } from "#limits/import-calendar";
import { readNotice } from "#standards/workdays/notice";
import { isWeekend } from "#standards/workdays/workdays";
import { readForm, type Sent } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { paragraphField } from "#doors/web/ui/field";
import { dayWords, instantWords } from "#doors/web/ui/day";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { calendarWarning } from "#doors/web/office/calendar-warning";
import { gridPage } from "./calendar-grid.ts";
import { changedMeanwhile } from "./meanwhile.ts";
import { BLANK, drawnOver, formPanel, sendSettings, settingsForm, topOf, type SettingsDrawn } from "./settings-form.ts";

const LARGEST_JSON = 50_000;
const LONGEST_NOTICE = 20_000;

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
  route("POST /office/rules/calendar/read", { who: "keep-limits", kind: "bulk" }, readNoticePage),
];

/**
 * Reads a notice as it was published, or what was understood of one before with one more day pressed, and shows the year; nothing is kept
 * until it is confirmed.
 */
async function readNoticePage(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const { notice = "", toggle = "", version = "" } = sent.typed;
  const before = ImportCalendar.safeParse(pasted(sent));
  if (before.success) return gridPage(visit, { calendar: toggled(before.data, toggle), doubts: [], version });
  const read = readNotice(notice.slice(0, LONGEST_NOTICE), Number(dayOf(visit.at).slice(0, 4)) + 1);
  if (read === null) {
    const { unread } = visit.words.people.settings.calendar;
    return calendarPage(visit, { ...BLANK, status: 422, typed: sent.typed, faults: { notice: unread } });
  }
  const { year, number, days, doubts } = read;
  const source = number === "" ? visit.words.people.settings.calendar.noticeOf(year) : number;
  return gridPage(visit, { calendar: { year, source, days: [...days] }, doubts, version });
}

/** A weekday becomes a holiday, a day of a weekend is worked, and pressed again it is a plain day. */
function toggled(calendar: ImportCalendar, pressed: string): ImportCalendar {
  const day = dayTyped.safeParse(pressed).data;
  if (day === undefined || !day.startsWith(`${calendar.year}-`)) return calendar;
  const others = calendar.days.filter((its) => its.day !== day);
  const kind = isWeekend(day) ? "work" : "off";
  if (calendar.days.some((its) => its.day === day && its.kind === kind)) return { ...calendar, days: others };
  const days = [...others, { day, kind, name: "" } as const].sort((a, b) => (a.day < b.day ? -1 : 1));
  return { ...calendar, days };
}

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
  const notice = paragraphField(visit, {
    name: "notice",
    label: words.notice,
    hint: words.noticeHint,
    rows: 10,
    typed: shown.typed,
    faults: shown.faults,
  });
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
    ${formPanel("import", words.import, settingsForm("/office/rules/calendar/read", shown, notice, words.read))}
    <details class="office-act" ${drawn.faults["json"] === undefined ? "" : "open"}>
      <summary>${words.advanced}</summary>
      <div>${settingsForm("/office/rules/calendar", shown, field, words.import)}</div>
    </details>
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
