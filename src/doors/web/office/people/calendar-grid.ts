import type { ImportCalendar } from "#limits/import-calendar";
import type { Day } from "#platform/instant";
import { isWeekend } from "#standards/workdays/workdays";
import type { NoticeDoubt } from "#standards/workdays/notice";
import { formKey } from "#doors/web/form";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { dayText } from "#doors/web/ui/day";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

const MONTHS = Array.from({ length: 12 }, (_, month) => month + 1);
const MONDAY_FIRST = [1, 2, 3, 4, 5, 6, 0];

const KEEPING = { action: "/office/rules/calendar", key: null, fields: html`` };

/** What was understood of a notice, before it counts: a grid whose days change when they are pressed, and one button to keep it. */
export type Understood = {
  readonly calendar: ImportCalendar;
  readonly doubts: readonly NoticeDoubt[];
  /** Of the calendar that the page was drawn over. */
  readonly version: string;
};

export async function gridPage(visit: Visit, { calendar, doubts, version }: Understood): Promise<Response> {
  const words = visit.words.people.settings.calendar;
  const json = JSON.stringify(calendar);
  const count = (kind: "off" | "work") => calendar.days.filter((day) => day.kind === kind).length;
  const body = html`<p class="back">
      <a href="/office/rules/calendar">← ${words.title}</a>
    </p>
    ${officeHead(words.understood(calendar.year), words.understoodHint)}
    <p>${words.counts(count("off"), count("work"))} · ${words.source} ${calendar.source}</p>
    ${doubtsPanel(visit, doubts)}
    <form method="post" action="/office/rules/calendar/read" class="year-grid printed">
      ${formKey()}
      <input type="hidden" name="version" value="${version}">
      <input type="hidden" name="json" value="${json}">
      ${MONTHS.map((month) => monthTable(visit, calendar, month))}
    </form>
    ${formTag({ ...KEEPING, hidden: { version, json }, button: words.keep(calendar.year) })}`;
  return officePage(visit, await visit.names(), { title: words.understood(calendar.year), body, at: "calendar" });
}

function doubtsPanel(visit: Visit, doubts: readonly NoticeDoubt[]): Html {
  const words = visit.words.people.settings.calendar;
  if (doubts.length === 0) return html``;
  return html`<section class="alert alert-warning" aria-labelledby="doubts">
    <h2 id="doubts">${words.doubtsTitle}</h2>
    <ul>
      ${doubts.map(({ kind, text }) => html`<li><b>${text}</b> ${words.doubts[kind]}</li>`)}
    </ul>
  </section>`;
}

function monthTable(visit: Visit, { year, days }: ImportCalendar, month: number): Html {
  const words = visit.words.people.settings.calendar;
  const kinds = new Map(days.map(({ day, kind }) => [day, kind]));
  const rows = weeksOf(year, month).map(
    (week) =>
      html`<tr>
        ${week.map((day) => html`<td>${day === null ? "" : dayButton(visit, day, kinds.get(day))}</td>`)}
      </tr>`,
  );
  return html`<table>
    <caption>${words.months[month - 1]}</caption>
    <thead>
      <tr>
        ${MONDAY_FIRST.map((weekday) => html`<th scope="col">${words.weekdays[weekday]}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function dayButton(visit: Visit, day: Day, kind: "off" | "work" | undefined): Html {
  const words = visit.words.people.settings.calendar;
  const is = kind ?? (isWeekend(day) ? "weekend" : "plain");
  const label = `${dayText(visit, day)} ${words.days[is]}`;
  return html`<button type="submit" class="day ${is}" name="toggle" value="${day}" aria-label="${label}">${Number(day.slice(8))}</button>`;
}

/** The days of a month by weeks that begin on a Monday; null where a week reaches into another month. */
function weeksOf(year: number, month: number): readonly (readonly (Day | null)[])[] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const weeks = Math.ceil((before + length) / 7);
  const two = (n: number) => String(n).padStart(2, "0");
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const day = week * 7 + weekday - before + 1;
      return day >= 1 && day <= length ? `${year}-${two(month)}-${two(day)}` : null;
    }),
  );
}
