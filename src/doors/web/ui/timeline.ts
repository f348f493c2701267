import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { PublicVerb } from "#publication/public-verbs";
import type { StoryEvent } from "#publication/story-event";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { instantWords } from "./day.ts";
import { channelsText, toldOf } from "./told.ts";

/**
 * Everything that happened, the latest first, each event in words with its day; answers and coverings alike, and reports that joined,
 * on one day stand as one.
 */
export function timeline(visit: Visit, names: Directory, events: readonly StoryEvent[]): Html {
  const lines: Line[] = [];
  for (const event of events.toReversed()) {
    const told = toldOf(visit, names, event);
    const last = lines.at(-1);
    if (last !== undefined && isOneMore(last.event, event)) {
      last.joined.push(channelOf(event));
      continue;
    }
    if (last !== undefined && isAlike(last.event, event) && last.told.join() === told.join()) last.times += 1;
    else lines.push({ event, told, times: 1, joined: [channelOf(event)] });
  }
  return html`<ol class="timeline">
    ${lines.map((line) => happened(visit, line))}
  </ol>`;
}

/** Of reports that joined, through which doors each of them came. */
type Line = { readonly event: StoryEvent; readonly told: readonly string[]; times: number; readonly joined: string[] };

function isOneMore(one: StoryEvent, other: StoryEvent): boolean {
  return one.verb === "problem.joined" && other.verb === "problem.joined" && dayOf(one.at) === dayOf(other.at);
}

function channelOf({ facts }: StoryEvent): string {
  return typeof facts["channel"] === "string" ? facts["channel"] : "";
}

/** What stands below the title: of many that joined on one day, how many and through which doors. */
function toldOn(visit: Visit, { told, joined }: Line): readonly string[] {
  if (joined.length === 1) return told;
  const byChannel = [...Map.groupBy(joined, (channel) => channel)].map(([channel, those]) => ({ channel, count: those.length }));
  const sources = byChannel.toSorted((a, b) => b.count - a.count);
  return [visit.words.events.joinedOnOneDay(joined.length, channelsText(visit, sources, true))];
}

/** What many say, or one covers in many texts, on a day. */
const ALIKE: readonly PublicVerb[] = ["answer.given", "question.attempted", "text.redacted"];

function isAlike(one: StoryEvent, other: StoryEvent): boolean {
  return ALIKE.includes(one.verb) && one.verb === other.verb && dayOf(one.at) === dayOf(other.at);
}

const TONES: { readonly [verb in PublicVerb]?: "good" | "bad" } = {
  "problem.closed": "good",
  "check.passed": "good",
  "look-back.held": "good",
  "check.failed": "bad",
  "answer.honoured": "bad",
  "objection.upheld": "bad",
  "flag.upheld": "bad",
  "look-back.relapsed": "bad",
  "problem.recurred": "bad",
};

function happened(visit: Visit, line: Line): Html {
  const { event, times } = line;
  const { events } = visit.words;
  const words = visit.words.publicSide.problem;
  const many = event.verb === "text.redacted" ? events.places : events.people;
  const title = times === 1 ? events.titles[event.verb] : many(events.titles[event.verb], times);
  const tone = TONES[event.verb];
  const leaf =
    event.leaf === null ? "" : html`<a class="leaf" href="/log/leaf/${event.leaf}" title="${words.leafHint}">${words.leaf(event.leaf)}</a>`;
  return html`<li ${tone === undefined ? "" : html`class="${tone}"`}>
    ${instantWords(visit, event.at)}${leaf}
    <b>${title}</b>
    ${toldOn(visit, line).map((told) => html`<p>${told}</p>`)}
    ${event.redacted.length === 0 ? "" : html`<p class="said">${events.redacted}</p>`}
  </li>`;
}
