import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";

/** What the log may tell of what the rooms above it do; they say so, and whoever starts the sequencer passes it on (proof/told.ts). */
export type Telling = {
  /** Verbs of which the log names, by id, who did it. */
  readonly namesWho: ReadonlySet<string>;
  /** Verbs of which it does not say whom or what they were about. */
  readonly untoldSubjects: ReadonlySet<string>;
  /** Facts of a verb that stay behind the event's seal. */
  untoldFacts(verb: string): readonly string[];
  /** The public numbers of these problems, by id. */
  numbersOf(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

/** What gives events their places: it signs, and knows what may be told. */
export type Scribe = { readonly notary: Notary; readonly telling: Telling };
