import type { LogEvent } from "#audit/queries";
import type { Problem } from "#ledger/problem";
import { isId } from "#platform/ids";
import type { Directory } from "#publication/directory";
import { dayText } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";
import { bodyOf, namedIn } from "./event-words.ts";

export type Problems = ReadonlyMap<string, Pick<Problem, "number">>;
type Words = { readonly [name: string]: string };

/**
 * What an event was about and its facts as a person reads them. Keys that only programs can follow (ids of records, hashes,
 * versions) stay out of the page; the export holds every event whole.
 */
export function toldFacts(visit: Visit, names: Directory, problems: Problems, event: LogEvent): string {
  const words = visit.words.people.log;
  const { policy, town } = visit.words.people.settings;
  const fields = Object.entries({ ...policy.figures, ...town.fields }).map(([name, [label]]) => [name, label]);
  const labels: Words = { ...Object.fromEntries(fields), ...words.factNames };
  const label = (name: string, text: string) => `${labels[name] ?? name}${visit.lang === "zh" && name in labels ? "：" : ": "}${text}`;
  const facts = Object.entries(bodyOf(event.body)).flatMap(([name, fact]) => {
    const text = NOT_TOLD.includes(name) ? null : told(visit, names, problems, fact);
    return text === null || text === "" ? [] : [label(name, text)];
  });
  const said = Object.entries(event.words).map(([name, text]) => label(name, text ?? words.redacted));
  return [about(visit, names, problems, event), ...facts, ...said].filter((part) => part !== "").join(" · ");
}

const NOT_TOLD: readonly string[] = ["version", "measuresDone", "questions", "lookBackIds", "calendar", "replaces", "lon", "lat"];

/** Every problem the events speak of, to be told by its number. */
export function problemsIn(events: readonly LogEvent[]): readonly string[] {
  const spoken = events.flatMap((event) => [event.subjectKind === "problem" ? event.subject : "", bodyOf(event.body)["problem"]]);
  return [...new Set(spoken.filter((id) => typeof id === "string").filter(isId))];
}

function about(visit: Visit, names: Directory, problems: Problems, event: LogEvent): string {
  const kinds: Words = visit.words.people.log.kinds;
  const kind = kinds[event.subjectKind];
  if (kind === undefined) return "";
  const name = problems.get(event.subject)?.number ?? namedIn(visit, names, event.subject) ?? `…${event.subject.slice(-6)}`;
  return `${kind} ${name}`;
}

/** Null for what only programs can follow. */
function told(visit: Visit, names: Directory, problems: Problems, fact: unknown): string | null {
  const words = visit.words.people.log;
  if (fact === null) return null;
  if (Array.isArray(fact)) {
    const each = fact.map((one) => told(visit, names, problems, one));
    return each.every((one) => one === null) && fact.length > 0 ? String(fact.length) : each.join(visit.words.events.list);
  }
  if (typeof fact === "boolean") return fact ? words.yes : words.no;
  if (typeof fact === "number") return String(fact);
  if (typeof fact !== "string") return null;
  const known = problems.get(fact)?.number ?? namedIn(visit, names, fact);
  if (known !== null) return known;
  if (isId(fact) || /^[0-9a-f]{64}$/.test(fact)) return null;
  if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(fact)) return dayText(visit, fact.slice(0, 10));
  const codes: Words = { ...visit.words.people.duties, ...visit.words.common.channels, ...words.codes };
  return codes[fact] ?? fact;
}
