import { readerOf, type Kind, type WordReader } from "#audit/kind";
import type { Telling } from "#log/telling";
import type { Town } from "#platform/town";
import { EVENTS, kindOf } from "./all-events.ts";

/** What the sequencer may tell of every room below. */
export const TELLING: Telling = {
  namesWho: verbsOf(({ names }) => names !== "unit"),
  untoldSubjects: verbsOf(({ leaf }) => leaf === "unnamed"),
  untoldFacts,
  numbersOf,
};

/** Words that name a file by its hash: they stand open once the public sees that file, and only then. */
export function isHashOfFile(verb: string, field: string): boolean {
  return readersOf(verb).some(([name, reader]) => name === field && reader === "file");
}

/** Facts that stay behind the event's seal. */
function untoldFacts(verb: string): readonly string[] {
  const sealed = Object.entries(kindOf(verb)?.facts ?? {}).filter(([, { reader }]) => reader === "sealed");
  return sealed.map(([name]) => name);
}

async function numbersOf(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (problems.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("ledger.problem")
    .select(["id", "number"])
    .where("town", "=", town.id)
    .where("id", "in", problems)
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
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
