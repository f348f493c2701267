import { z } from "zod";
import { ACTOR_KINDS } from "#audit/append-event";
import { isVerb } from "#proof/all-events";
import type { Directory } from "#publication/directory";
import { clockOf, dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { nameOf, type Visit } from "#doors/web/visit";

const Told = z.object({
  verb: z.string(),
  /** Of a report only the day is told. */
  at: z.string().optional(),
  on: z.string().optional(),
  by: z.object({ kind: z.enum(ACTOR_KINDS).catch("system"), unit: z.string().nullish() }).optional(),
  subject: z.object({ number: z.string().nullish() }).optional(),
});

/** What a leaf tells in one sentence: when, who as far as it says, what, and about which entry of the ledger. */
export function sentenceOf(visit: Visit, names: Directory, entry: string): Html {
  const { verb, at, on, by, subject } = Told.parse(JSON.parse(entry));
  const { sentence } = visit.words.publicLog;
  const when = at === undefined ? wholeDay(visit, on ?? "") : moment(visit, new Date(at));
  const who = by === undefined ? "" : `${whoOf(visit, names, by)}${sentence.afterWho}`;
  const title = isVerb(verb) ? visit.words.events.titles[verb] : verb;
  const number = subject?.number ?? null;
  const about = number === null ? "" : html` <a href="/ledger/${number}">${number}</a>`;
  return html`${when}${sentence.afterWhen}${who}${title}${about}`;
}

/** With its year: a sentence is kept longer. */
export function wholeDay(visit: Visit, day: string): Html {
  return html`<time datetime="${day}">${dayWithYear(visit, day)}</time>`;
}

function moment(visit: Visit, at: Date): Html {
  return html`<time datetime="${at.toISOString()}">${dayWithYear(visit, dayOf(at))} ${clockOf(at)}</time>`;
}

function dayWithYear(visit: Visit, day: string): string {
  const { withYear, monthDay } = visit.words.common;
  return withYear(day.slice(0, 4), monthDay(Number(day.slice(5, 7)), Number(day.slice(8, 10))));
}

/** By the unit alone, whoever of it acted: the page says no more than the leaf. */
function whoOf(visit: Visit, names: Directory, { kind, unit }: NonNullable<z.infer<typeof Told>["by"]>): string {
  const { sentence } = visit.words.publicLog;
  if (kind !== "officer") return sentence.who[kind];
  const named = typeof unit === "string" ? names.units.get(unit) : undefined;
  return named === undefined ? sentence.officer : sentence.officerOf(nameOf(visit, named));
}
