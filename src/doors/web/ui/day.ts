import { clockOf, dayOf, type Day } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** A day as people say it, `7月28日 周二`, with the exact one inside `<time>`; the year stands there when it is not this one. */
export function dayWords(visit: Visit, day: Day): Html {
  return html`<time datetime="${day}">${visit.words.common.onWeekday(dayText(visit, day), weekdayOf(day))}</time>`;
}

/** The same without the weekday, for running sentences and narrow places. */
export function shortDay(visit: Visit, day: Day): Html {
  return html`<time datetime="${day}">${dayText(visit, day)}</time>`;
}

/** A day and the hour and minute in China. */
export function instantWords(visit: Visit, at: Date): Html {
  const day = dayOf(at);
  return html`<time datetime="${at.toISOString()}">${dayText(visit, day)} ${clockOf(at)}</time>`;
}

/** `7月28日`, or `2025年7月28日` when the year is not the visit's. */
export function dayText(visit: Visit, day: Day): string {
  const words = visit.words.common.monthDay(Number(day.slice(5, 7)), Number(day.slice(8, 10)));
  const year = Number(day.slice(0, 4));
  return year === Number(dayOf(visit.at).slice(0, 4)) ? words : visit.words.common.withYear(String(year), words);
}

/** A day as it is kept: with its year and weekday, whatever year it is read in. */
export function keptDay(visit: Visit, day: Day): string {
  const { monthDay, withYear, onWeekday } = visit.words.common;
  return onWeekday(withYear(day.slice(0, 4), monthDay(Number(day.slice(5, 7)), Number(day.slice(8, 10)))), weekdayOf(day));
}

export function weekdayWords(visit: Visit, day: Day): string {
  return visit.words.common.onWeekday("", weekdayOf(day)).trim();
}

function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
