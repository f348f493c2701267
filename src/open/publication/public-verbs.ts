import { sql } from "kysely";
import { AUDIT_EVENTS } from "#audit/events";
import { readerOf, type Kind } from "#audit/kind";
import { ASKED_EVENTS } from "#ledger/asked-events";
import { PROBLEM_EVENTS } from "#ledger/problem-events";
import { VERIFICATION_EVENTS } from "#verification/events";

const { "text.redacted": redacted } = AUDIT_EVENTS;

/** Everything that happens to a problem. */
export const OF_A_PROBLEM = { ...PROBLEM_EVENTS, ...ASKED_EVENTS, ...VERIFICATION_EVENTS, "text.redacted": redacted };

type OfAProblem = typeof OF_A_PROBLEM;
export type PublicVerb = { [V in keyof OfAProblem]: OfAProblem[V]["inStory"] extends true ? V : never }[keyof OfAProblem];

/** What the public reads of an event: which facts, which words, and whether the officer who did it is named. */
type Telling = { readonly facts: readonly string[]; readonly words: readonly string[]; readonly named: boolean };

/**
 * What is public of a problem's events, as their kinds say; what is not in it is not told. Never a report's id or words, never who
 * reported, never who did the work: officers are named as leaders (in `leaders`) and as those who verify. What a reporter answered is told
 * as yes or no, the reason stays between them and the town; so does an objector's text.
 */
const TELLINGS: ReadonlyMap<string, Telling> = new Map(
  Object.entries(OF_A_PROBLEM)
    .filter(([, { inStory }]) => inStory)
    .map(([verb, kind]) => [verb, tellingOf(kind)]),
);

function tellingOf({ facts, words, names }: Kind): Telling {
  return {
    facts: Object.keys(facts).filter((name) => facts[name]?.reader === "page"),
    words: Object.keys(words).filter((field) => readerOf(words[field] ?? "sealed") === "page"),
    named: names === "page",
  };
}

export function isPublicVerb(verb: string): verb is PublicVerb {
  return TELLINGS.has(verb);
}

/** Null for a verb of which nothing is public. */
export function publicTelling(verb: string): Telling | null {
  return TELLINGS.get(verb) ?? null;
}

/** Whether everybody reads this word of an event, on the page or beside the log. */
export function isOpenWord(verb: string, field: string): boolean {
  const kinds: { readonly [verb: string]: Kind } = OF_A_PROBLEM;
  const column = kinds[verb]?.words[field];
  return column !== undefined && ["page", "log"].includes(readerOf(column));
}

/** The verbs as the database compares them. */
export const PUBLIC_VERB_NAMES: readonly string[] = [...TELLINGS.keys()];

/** What the indexes of events to be read know of them (db/migrations/0165), in the very words: without it they are not used. */
export const READ_EVENT = sql`e.subject_kind = 'problem' and e.verb <> 'problem.me-too'`;
