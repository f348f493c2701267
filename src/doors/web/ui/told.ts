import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { PublicVerb } from "#publication/public-verbs";
import { MANNERS } from "#verification/round";
import type { StoryEvent } from "#publication/story-event";
import { nameOf, type Visit } from "#doors/web/visit";
import { dayText } from "./day.ts";

/** What an event says below its title, as lines of plain text. */
export function toldOf(visit: Visit, names: Directory, event: StoryEvent): readonly string[] {
  return [FACTS[event.verb]?.({ visit, names, event }) ?? "", saidIn(visit, event)].filter((told) => told !== "");
}

/** The door a report came through; the ledger keeps it as text. */
export function channelName(visit: Visit, channel: string): string {
  const names: { readonly [channel: string]: string } = visit.words.common.channels;
  return names[channel] ?? channel;
}

/** `热线 5、入户 3、网上 1` */
export function channelsText(
  visit: Visit,
  sources: readonly { readonly channel: string; readonly count: number }[],
  withCounts: boolean,
): string {
  const { events } = visit.words;
  return sources
    .map(({ channel, count }) => (withCounts ? events.channel(channelName(visit, channel), count) : channelName(visit, channel)))
    .join(events.list);
}

/** Shown elsewhere on the page: the problem's own title and measures, captions beside their pictures; why and what for stand last. */
const SHOWN_ELSEWHERE = ["title", "measures", "caption", "goal", "reason", "undone", "unseen"];

/** What was written with it: a note, a finding, a goal, a reason. */
function saidIn(visit: Visit, event: StoryEvent): string {
  const { events } = visit.words;
  const { reason, goal, undone = "", unseen = "" } = event.words;
  const said = Object.entries(event.words).flatMap(([field, text]) => (SHOWN_ELSEWHERE.includes(field) ? [] : [text]));
  if (undone !== "") said.push(events.undone(undone));
  if (unseen !== "") said.push(events.unseen(unseen));
  if (goal !== undefined) said.push(events.goal(goal));
  if (reason !== undefined) said.push(events.because(reason));
  return said.join("\n");
}

type Telling = { readonly visit: Visit; readonly names: Directory; readonly event: StoryEvent };

/** What the facts of an event say, in one line, where its title does not say it all. */
const FACTS: { readonly [verb in PublicVerb]?: (telling: Telling) => string } = {
  "problem.opened": openedLine,
  "problem.joined": ({ visit, event }) => visit.words.events.joined(channelName(visit, factText(event, "channel"))),
  "problem.separated": ({ visit, event }) => visit.words.events.separated(channelName(visit, factText(event, "channel"))),
  "problem.assigned": (telling) =>
    [telling.visit.words.events.leaders(whoOf(telling, "leaders", "unit")), telling.visit.words.events.due(dayIn(telling, "dueOn"))].join(
      telling.visit.words.events.stop,
    ),
  "problem.handed-over": handedOverLine,
  "problem.progressed": ({ visit, event }) =>
    listIn(event, "measuresDone").length === 0 ? "" : visit.words.events.steps(listIn(event, "measuresDone").length),
  "problem.evidence-added": ({ visit, event }) => oneOf(visit.words.events.photos, factText(event, "stage")),
  "problem.dated": (telling) => telling.visit.words.events.due(dayIn(telling, "dueOn")),
  "problem.reminded": ({ visit }) => visit.words.events.reminded,
  "problem.themed": ({ visit, names, event }) =>
    factText(event, "theme") === "" ? "" : visit.words.events.themed(nameOf(visit, names.themes.get(factText(event, "theme")))),
  "extension.asked": (telling) => telling.visit.words.events.wantsLater(dayIn(telling, "fromDueOn"), dayIn(telling, "newDueOn")),
  "extension.granted": (telling) => telling.visit.words.events.later(dayIn(telling, "fromDueOn"), dayIn(telling, "newDueOn")),
  "extension.refused": (telling) => telling.visit.words.events.wantsLater(dayIn(telling, "fromDueOn"), dayIn(telling, "newDueOn")),
  "suspension.approved": (telling) => telling.visit.words.events.resumeOn(dayIn(telling, "resumeOn")),
  "dismissal.confirmed": ({ visit, event }) => oneOf(visit.words.events.grounds, factText(event, "ground")),
  "check.passed": checkedLine,
  "check.failed": checkedLine,
  "question.asked": ({ visit, event }) =>
    factText(event, "openUntil") === "" ? "" : visit.words.events.askedUntil(dayText(visit, dayOf(new Date(factText(event, "openUntil"))))),
  "question.attempted": attemptLine,
  "answer.given": answerLine,
  "notice.posted": (telling) => telling.visit.words.events.noticeUntil(dayIn(telling, "lastDay")),
  "notice.dated": (telling) => telling.visit.words.events.noticeUntil(dayIn(telling, "lastDay")),
  "objection.raised": objectedLine,
  "objection.dated": (telling) => telling.visit.words.events.answerBy(dayIn(telling, "dueOn")),
  "look-back.held": (telling) => telling.visit.words.events.lookedBack(verifierOf(telling)),
  "look-back.relapsed": (telling) => telling.visit.words.events.lookedBack(verifierOf(telling)),
  "text.redacted": (telling) => (factText(telling.event, "unit") === "" ? "" : telling.visit.words.events.coveredBy(recordedBy(telling))),
  "flag.raised": (telling) => flagLine(telling, lookedAtBy(telling)),
  "flag.dated": (telling) => flagLine(telling, lookedAtBy(telling)),
  "flag.cleared": (telling) => flagLine(telling, telling.visit.words.flags.clearedBy(verifierOf(telling))),
  "flag.upheld": (telling) => flagLine(telling, telling.visit.words.flags.upheldBy(verifierOf(telling))),
};

function openedLine({ visit, event }: Telling): string {
  const words = visit.words.events.opened;
  const byChannel = new Map<string, number>();
  for (const channel of listIn(event, "channels")) byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
  const sources = [...byChannel].map(([channel, count]) => ({ channel, count })).sort((a, b) => b.count - a.count);
  const count = listIn(event, "channels").length;
  if (count === 0) return words.none;
  return count === 1 ? words.one(channelsText(visit, sources, false)) : words.merged(count, channelsText(visit, sources, true));
}

function handedOverLine(telling: Telling): string {
  const { events } = telling.visit.words;
  const to = whoOf(telling, "leaders", "unit");
  const from = whoOf(telling, "fromLeaders", "fromUnit");
  return from === "" ? events.handedTo(to) : events.handedOver(from, to);
}

function checkedLine(telling: Telling): string {
  const { checked, seen, stop } = telling.visit.words.events;
  const who = checked[factText(telling.event, "manner") === "on_paper" ? "on_paper" : "on_site"](verifierOf(telling));
  if (telling.event.facts["measuresSeen"] === undefined) return who;
  return [who, seen(listIn(telling.event, "measuresSeen").map((position) => Number(position) + 1))].join(stop);
}

function attemptLine(telling: Telling): string {
  const { attempted } = telling.visit.words.events;
  const says = factText(telling.event, "manner") === "visit" ? attempted.visit : attempted.phone;
  return says(Number(telling.event.facts["number"]), recordedBy(telling));
}

/** By the unit alone; events of before did not say which. */
function recordedBy(telling: Telling): string {
  const unit = factText(telling.event, "unit");
  return unit === "" ? telling.visit.words.events.theTown : unitThen(telling, unit);
}

function answerLine(telling: Telling): string {
  const { visit, event } = telling;
  const { answered, satisfied, recorded, stop } = visit.words.events;
  const manner = MANNERS.find((known) => known === event.facts["manner"]);
  const solved = event.facts["solved"] === true ? answered.yes : answered.no;
  const pleased = event.facts["satisfied"];
  const told = [solved, typeof pleased === "boolean" ? (pleased ? satisfied.yes : satisfied.no) : ""];
  return [...told, manner === undefined ? "" : recorded[manner](recordedBy(telling))].filter((part) => part !== "").join(stop);
}

/** Objections of before had no day, and some wait for the calendar. */
function objectedLine(telling: Telling): string {
  const { answerBy, objected } = telling.visit.words.events;
  return typeof telling.event.facts["dueOn"] === "string" ? answerBy(dayIn(telling, "dueOn")) : objected;
}

function flagLine({ visit, event }: Telling, then: string): string {
  return [oneOf(visit.words.flags.kinds, factText(event, "kind")), then].filter((part) => part !== "").join(visit.words.events.stop);
}

/** Flags of before had no day. */
function lookedAtBy({ visit, event }: Telling): string {
  const { dueOn } = event.facts;
  if (dueOn === undefined) return "";
  return typeof dueOn === "string" ? visit.words.flags.lookBy(dayText(visit, dueOn)) : visit.words.flags.lookUndated;
}

/** `王路（便民服务中心）` */
function whoOf({ visit, names, event }: Telling, leaders: string, unit: string): string {
  const who = listIn(event, leaders)
    .map((leader) => officerThen(names, event, leader))
    .join(visit.words.events.list);
  return factText(event, unit) === "" ? who : visit.words.events.ofUnit(who, unitThen({ visit, names, event }, factText(event, unit)));
}

/** As history has it: what the officer was called then, where the event says so. */
function officerThen(names: Directory, event: StoryEvent, officer: string): string {
  return event.calledThen[officer] ?? names.officers.get(officer)?.name ?? "—";
}

/** A unit that still bears its name of then has it in both languages; one that was renamed keeps the one it had. */
function unitThen({ visit, names, event }: Telling, unit: string): string {
  const now = names.units.get(unit);
  const then = event.calledThen[unit];
  return then === undefined || then === now?.zh ? nameOf(visit, now) : then;
}

/** `镇纪委 冯正`: those who verify are named. */
function verifierOf(telling: Telling): string {
  const { visit, names, event } = telling;
  const officer = event.officers.at(-1) ?? "";
  const unit = factText(event, "unit") || (names.officers.get(officer)?.unit ?? "");
  return visit.words.events.fromUnit(officerThen(names, event, officer), unitThen(telling, unit));
}

function dayIn({ visit, event }: Telling, name: string): string {
  const day = factText(event, name);
  return day === "" ? visit.words.events.untilCalendar : dayText(visit, day);
}

function oneOf(words: { readonly [code: string]: string }, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? "") : "";
}

function listIn(event: StoryEvent, name: string): readonly string[] {
  const fact = event.facts[name];
  return Array.isArray(fact) ? fact.map(String) : [];
}

function factText(event: StoryEvent, name: string): string {
  const fact = event.facts[name];
  return typeof fact === "string" || typeof fact === "number" ? String(fact) : "";
}
