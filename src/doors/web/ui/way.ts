import type { Stop, Way } from "#doors/web/public/way";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { shortDay } from "./day.ts";

/** Where it stands, as a parcel's way is shown: exactly one stop is the present one, and it says what it waits for. */
export function wayList(visit: Visit, way: Way): Html {
  const present = way.stops.indexOf(way.present);
  return html`<ol class="way${visit.elder || visit.lang === "en" ? " long" : ""}">
    ${way.stops.map((stop, i) => stopOf(visit, way, stop, i - present))}
  </ol>`;
}

/** `from`: how far from the present stop. */
function stopOf(visit: Visit, way: Way, stop: Stop, from: number): Html {
  const words = visit.words.way;
  if (from > 0) return html`<li>${words.stops[stop]}</li>`;
  if (from < 0) return html`<li class="was">${words.stops[stop]}${dayOfStop(visit, way, stop)}</li>`;
  return html`<li class="present" aria-current="step">
    <span class="visually-hidden">${words.now}</span>${words.stops[stop]}${waitsWords(visit, way) ?? dayOfStop(visit, way, stop)}
  </li>`;
}

function waitsWords(visit: Visit, way: Way): Html | null {
  if (way.waits === "nothing") return null;
  const { before, after } = visit.words.way.waits[way.waits];
  return html`<small>${before}${way.on === null ? "" : shortDay(visit, way.on)}${after}</small>`;
}

function dayOfStop(visit: Visit, way: Way, stop: Stop): Html | null {
  const day = way.days[stop] ?? null;
  return day === null ? null : html`<small>${shortDay(visit, day)}</small>`;
}
