import { readerOf, type Kind, type WordReader } from "#audit/kind";
import { EVENTS, kindOf } from "./all-events.ts";

/** Who leads, decides or looks into the vault is named in the log by id: these are the verbs. */
export const DECIDING_VERBS = verbsOf(({ names }) => names !== "unit");

/** Of these the log does not say whom or what they were about. */
export const UNTOLD_SUBJECTS = verbsOf(({ leaf }) => leaf === "unnamed");

/** Words that name a file by its hash: they stand open once the public sees that file, and only then. */
export function isHashOfFile(verb: string, field: string): boolean {
  return readersOf(verb).some(([name, reader]) => name === field && reader === "file");
}

/** Facts that stay behind the event's seal. */
export function untoldFacts(verb: string): readonly string[] {
  const sealed = Object.entries(kindOf(verb)?.facts ?? {}).filter(([, { reader }]) => reader === "sealed");
  return sealed.map(([name]) => name);
}

/** The fields of an event's words that stand open beside the log. */
export function openFields(verb: string): readonly string[] {
  return readersOf(verb).flatMap(([field, reader]) => (reader === "page" || reader === "log" ? [field] : []));
}

function readersOf(verb: string): readonly (readonly [string, WordReader])[] {
  return Object.entries(kindOf(verb)?.words ?? {}).map(([field, column]) => [field, readerOf(column)]);
}

function verbsOf(is: (kind: Kind) => boolean): ReadonlySet<string> {
  return new Set(Object.entries(EVENTS).flatMap(([verb, kind]) => (is(kind) ? [verb] : [])));
}
