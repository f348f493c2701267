import { z } from "zod";
import type { LogEvent } from "#audit/queries";
import { isVerb } from "#proof/all-events";
import type { Directory } from "#publication/directory";
import { nameOf, type Visit } from "#doors/web/visit";

/** What happened, in words; a verb of a newer version of the program as it stands. */
export function verbWords(visit: Visit, verb: string): string {
  return isVerb(verb) ? visit.words.events.titles[verb] : verb;
}

/** Who did it, as the office reads it. */
export function whoOf(visit: Visit, names: Directory, { actor, actorKind: kind }: Pick<LogEvent, "actor" | "actorKind">): string {
  const words = visit.words.people.log;
  if (kind === "resident" || kind === "system" || actor === null) return kind === "resident" ? words.resident : words.system;
  const name = namedIn(visit, names, actor) ?? actor;
  if (kind === "officer") return name;
  return kind === "device" || kind === "program" ? words[kind](name) : words.accounts[kind];
}

/** What it was about and its facts, in one line: names where an id is one of ours, the words beside it where they may be read. */
export function factsOf(visit: Visit, names: Directory, event: LogEvent): string {
  const facts = Object.entries(bodyOf(event.body)).map(([name, fact]) => `${name}: ${written(visit, names, fact)}`);
  const words = Object.entries(event.words).map(([name, text]) => `${name}: ${text ?? visit.words.people.log.redacted}`);
  return [aboutOf(visit, names, event), ...facts, ...words].filter((part) => part !== "").join(" · ");
}

/** Who or what the event is about; the town itself goes without saying. */
export function aboutOf(visit: Visit, names: Directory, event: LogEvent): string {
  if (["town", "policy", "calendar"].includes(event.subjectKind)) return "";
  return `${event.subjectKind} ${nameOrId(visit, names, event.subject)}`;
}

const Body = z.object({ facts: z.record(z.string(), z.unknown()) });

export function bodyOf(body: string): { readonly [name: string]: unknown } {
  const parsed = Body.safeParse(JSON.parse(body));
  return parsed.success ? parsed.data.facts : {};
}

function written(visit: Visit, names: Directory, fact: unknown): string {
  if (Array.isArray(fact)) return fact.map((one) => written(visit, names, one)).join(visit.words.events.list);
  if (typeof fact === "string") return nameOrId(visit, names, fact);
  return JSON.stringify(fact);
}

function nameOrId(visit: Visit, names: Directory, id: string): string {
  return namedIn(visit, names, id) ?? id;
}

/** The name of an officer, a unit or anything else that has one. */
export function namedIn(visit: Visit, names: Directory, id: string): string | null {
  const officer = names.officers.get(id);
  if (officer !== undefined) return officer.name;
  const device = names.devices.get(id);
  if (device !== undefined) return visit.words.people.log.ofUnit(device.name, nameOf(visit, names.units.get(device.unit)));
  const named =
    names.programs.get(id) ??
    names.units.get(id) ??
    names.villages.get(id) ??
    names.categories.get(id) ??
    names.themes.get(id) ??
    names.campaigns.get(id);
  return named === undefined ? null : nameOf(visit, named);
}
