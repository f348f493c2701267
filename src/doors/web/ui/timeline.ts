import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { PublicVerb } from "#publication/public-verbs";
import type { StoryEvent } from "#publication/story-event";
import { html, type Html } from "#doors/web/html";
import { nameOf, type Visit } from "#doors/web/visit";
import { dayText, instantWords } from "./day.ts";

/** Everything that happened, the latest first, each event in words with its day; answers alike on one day stand as one. */
export function timeline(visit: Visit, names: Directory, events: readonly StoryEvent[]): Html {
  const lines: Line[] = [];
  for (const event of events.toReversed()) {
    const told = toldOf(visit, names, event);
    const last = lines.at(-1);
    if (last !== undefined && isSameAnswer(last.event, event) && last.told.join() === told.join()) last.people += 1;
    else lines.push({ event, told, people: 1 });
  }
  return html`<ol class="timeline">${lines.map((line) => happened(visit, line))}</ol>`;
}

type Line = { readonly event: StoryEvent; readonly told: readonly string[]; people: number };

function isSameAnswer(one: StoryEvent, other: StoryEvent): boolean {
  return one.verb === "answer.given" && other.verb === "answer.given" && dayOf(one.at) === dayOf(other.at);
}

const TONES: { readonly [verb in PublicVerb]?: "good" | "bad" } = {
  "problem.closed": "good",
  "check.passed": "good",
  "look-back.held": "good",
  "check.failed": "bad",
  "answer.honoured": "bad",
  "objection.upheld": "bad",
  "look-back.relapsed": "bad",
  "problem.recurred": "bad",
};

function happened(visit: Visit, { event, told, people }: Line): Html {
  const { events } = visit.words;
  const title = people === 1 ? events.titles[event.verb] : events.people(events.titles[event.verb], people);
  const tone = TONES[event.verb];
  return html`<li${tone === undefined ? "" : html` class="${tone}"`}>${instantWords(visit, event.at)}<b>${title}</b>${told.map((line) => html`<p>${line}</p>`)}${event.redacted.length === 0 ? "" : html`<p class="said">${events.redacted}</p>`}</li>`;
}

/** What an event says below its title, as lines of plain text. */
export function toldOf(visit: Visit, names: Directory, event: StoryEvent): readonly string[] {
  return [lineOf(visit, names, event), saidIn(visit, event)].filter((told) => told !== "");
}

/** What was written with it: a reason, a finding, a note. */
function saidIn(visit: Visit, event: StoryEvent): string {
  const { events } = visit.words;
  const { reason, goal } = event.words;
  const said = ["note", "done", "finding", "statement"].flatMap((field) => event.words[field] ?? []);
  if (goal !== undefined) said.push(events.goal(goal));
  if (reason !== undefined) said.push(events.because(reason));
  return said.join("\n");
}

/** What the facts of an event say, in one line; empty when its title says it all. */
function lineOf(visit: Visit, names: Directory, event: StoryEvent): string {
  const words = visit.words.events;
  const fact = (name: string) => factText(event, name);
  const day = (name: string) => (fact(name) === "" ? "—" : dayText(visit, fact(name)));
  const officers = event.officers.map((officer) => names.officers.get(officer)?.name ?? "—").join(words.list);
  switch (event.verb) {
    case "problem.opened":
      return openedLine(visit, event);
    case "problem.joined":
      return words.joined(visit.words.publicSide.channels[fact("channel")] ?? fact("channel"));
    case "problem.assigned":
      return [answerable(visit, names, event, ""), words.due(day("dueOn"))].join(words.stop);
    case "problem.handed-over":
      return fact("fromUnit") === "" ? words.handedTo(answerable(visit, names, event, "")) : words.handedOver(whoOf(visit, names, event, "from"), whoOf(visit, names, event, ""));
    case "problem.progressed":
      return stepsLine(visit, event);
    case "problem.evidence-added":
      return stageLine(visit, fact("stage"));
    case "problem.reminded":
      return words.reminded;
    case "problem.themed":
      return fact("theme") === "" ? "" : words.themed(nameOf(visit, names.themes.get(fact("theme"))));
    case "extension.asked":
    case "extension.refused":
      return fact("newDueOn") === "" ? "" : words.wantsLater(day("fromDueOn"), day("newDueOn"));
    case "extension.granted":
      return fact("newDueOn") === "" ? "" : words.later(day("fromDueOn"), day("newDueOn"));
    case "suspension.approved":
      return fact("resumeOn") === "" ? "" : words.resumeOn(day("resumeOn"));
    case "dismissal.confirmed":
      return groundLine(visit, fact("ground"));
    case "check.passed":
    case "check.failed":
      return words.checked[fact("manner") === "on_paper" ? "on_paper" : "on_site"](withUnit(visit, names, event, officers));
    case "look-back.held":
    case "look-back.relapsed":
      return words.lookedBack(withUnit(visit, names, event, officers));
    case "question.asked":
      return fact("openUntil") === "" ? "" : words.askedUntil(dayText(visit, dayOf(new Date(fact("openUntil")))));
    case "answer.given":
      return answerLine(visit, event);
    case "notice.posted":
      return words.noticeUntil(day("lastDay"));
    case "objection.raised":
      return words.objected;
    case "problem.rectified":
    case "suspension.ended":
    case "problem.reinstated":
    case "answer.overruled":
    case "answer.honoured":
    case "objection.upheld":
    case "objection.rejected":
    case "problem.closed":
    case "problem.recurred":
      return "";
  }
}

function openedLine(visit: Visit, event: StoryEvent): string {
  const words = visit.words.events;
  const channels = event.facts["channels"];
  const count = Array.isArray(channels) ? channels.length : 0;
  if (!Array.isArray(channels) || count === 0) return words.opened.none;
  const byChannel = new Map<string, number>();
  for (const channel of channels.map(String)) byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
  const sources = [...byChannel].map(([channel, count]) => ({ channel, count })).sort((a, b) => b.count - a.count);
  return count === 1 ? words.opened.one(channelsText(visit, sources, false)) : words.opened.merged(count, channelsText(visit, sources, true));
}

/** `热线 5、入户 3、网上 1` */
export function channelsText(visit: Visit, sources: readonly { readonly channel: string; readonly count: number }[], withCounts: boolean): string {
  const { events, publicSide } = visit.words;
  return sources
    .map(({ channel, count }) => ({ name: publicSide.channels[channel] ?? channel, count }))
    .map(({ name, count }) => (withCounts ? events.channel(name, count) : name))
    .join(events.list);
}

/** `责任领导 王路（便民服务中心）` */
function answerable(visit: Visit, names: Directory, event: StoryEvent, side: "" | "from"): string {
  return visit.words.events.leaders(whoOf(visit, names, event, side));
}

function whoOf(visit: Visit, names: Directory, event: StoryEvent, side: "" | "from"): string {
  const leaders = event.facts[side === "" ? "leaders" : "fromLeaders"];
  const listed = Array.isArray(leaders) ? leaders.map((leader) => names.officers.get(String(leader))?.name ?? "—") : [];
  const unit = factText(event, side === "" ? "unit" : "fromUnit");
  const who = listed.join(visit.words.events.list);
  if (unit === "") return who;
  const unitName = nameOf(visit, names.units.get(unit));
  return visit.lang === "zh" ? `${who}（${unitName}）` : `${who} (${unitName})`;
}

/** `镇纪委 冯正` */
function withUnit(visit: Visit, names: Directory, event: StoryEvent, who: string): string {
  const [officer] = event.officers;
  const unit = officer === undefined ? undefined : names.officers.get(officer)?.unit;
  if (unit === undefined) return who;
  const unitName = nameOf(visit, names.units.get(unit));
  return visit.lang === "zh" ? `${unitName} ${who}` : `${who} (${unitName})`;
}

function stepsLine(visit: Visit, event: StoryEvent): string {
  const steps = event.facts["measuresDone"];
  return Array.isArray(steps) && steps.length > 0 ? visit.words.events.steps(steps.length) : "";
}

function stageLine(visit: Visit, stage: string): string {
  const { photos } = visit.words.events;
  return stage === "before" || stage === "during" || stage === "after" ? photos[stage] : "";
}

function groundLine(visit: Visit, ground: string): string {
  const { grounds } = visit.words.events;
  return ground === "untrue" || ground === "not_ours" || ground === "already_done" ? grounds[ground] : "";
}

function answerLine(visit: Visit, event: StoryEvent): string {
  const { answered, satisfied, stop } = visit.words.events;
  const solved = event.facts["solved"] === true ? answered.yes : answered.no;
  if (typeof event.facts["satisfied"] !== "boolean") return solved;
  return [solved, event.facts["satisfied"] ? satisfied.yes : satisfied.no].join(stop);
}

function factText(event: StoryEvent, name: string): string {
  const fact = event.facts[name];
  return typeof fact === "string" || typeof fact === "number" ? String(fact) : "";
}
