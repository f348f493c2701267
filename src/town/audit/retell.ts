import { z } from "zod";
import { readerOf, type Kind, type Told } from "./kind.ts";
import { Rows } from "./rows.ts";

/** An event as it is kept, or as much of it as its leaf tells. */
export type KeptEvent = {
  readonly verb: string;
  readonly at: Date;
  /** The officer who did it, where there is one. */
  readonly actor: string | null;
  readonly subject: string;
  readonly facts: unknown;
  /** The fields of its words that hold a commitment. */
  readonly said: readonly string[];
  /** The words that can be read here; null: redacted. */
  readonly words: { readonly [field: string]: string | null };
};

/**
 * Tells events again, the first first: the rows as they would stand if nothing but these events had ever touched them. One of an unknown
 * verb tells nothing. Throws where an event is not of the shape its kind has, or ever had.
 */
export function retell(kindOf: (verb: string) => Kind | null, events: readonly KeptEvent[]): Rows {
  const rows = new Rows();
  for (const event of events) {
    const kind = kindOf(event.verb);
    if (kind !== null) kind.retell(toldOf(kind, event), rows);
  }
  return rows;
}

const Facts = z.record(z.string(), z.unknown());

function toldOf(kind: Kind, { verb, at, actor, subject, facts, said, words }: KeptEvent): Told {
  const kept = Facts.parse(facts);
  const read = Object.entries(kind.facts).map(([name, { shape }]) => {
    const fact = kept[name];
    if (fact === undefined) return [name, undefined];
    const parsed = shape.safeParse(fact);
    if (!parsed.success) throw new Error(`couldn't read ${name} of ${verb}: ${JSON.stringify(fact)}`);
    return [name, parsed.data];
  });
  const heard = Object.entries(kind.words).map(([field, column]) => {
    if (said.includes(field)) return [field, words[field] ?? undefined];
    return [field, column === readerOf(column) ? "" : undefined];
  });
  return { at, by: actor, subject, facts: Object.fromEntries(read), words: Object.fromEntries(heard) };
}

const Body = z.object({ facts: Facts, words: z.record(z.string(), z.string()) });

/** A kept body's facts, and which fields of words it commits to. */
export function readBody(body: string): Pick<KeptEvent, "facts" | "said"> {
  const { facts, words } = Body.parse(JSON.parse(body));
  return { facts, said: Object.keys(words) };
}
