import type { Context } from "hono";
import type { Limits } from "#doors/limits";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { Directory, Named } from "#publication/directory";
import type { RememberedTotals } from "#publication/remembered-totals";
import type { Program } from "./program.ts";
import type { Routes, Visited } from "./route.ts";
import type { Lang, Words } from "#words/words";

/** One request, as the pages see it: where, who, when, in which language, on what kind of screen. */
export type Visit = {
  readonly program: Program;
  readonly town: Town;
  readonly at: Date;
  readonly lang: Lang;
  readonly words: Words;
  /** Larger type and targets, kept in a cookie. */
  readonly elder: boolean;
  readonly contrast: boolean;
  /** Whether the form that was sent is only drawn again, in another view (view-switch.ts). */
  readonly redraws: boolean;
  /** The signed-in officer of this town, or null. */
  readonly officer: Officer | null;
  /** A random value kept in a cookie, hashed with a key wherever it is stored; made on the first page that needs it. */
  readonly device: string;
  /** Where the visitor is, as limits count it; never stored but as a keyed hash, and as it is with an officer's session. */
  readonly address: string;
  /** What every door counts of this and other visits. */
  readonly limits: Limits;
  /** What this door opens, and to whom. */
  readonly routes: Routes;
  readonly context: Context<Visited>;
  /**
   * The names of this town. Give the version your own query returned and memory is used when it is that version;
   * without it the version is asked for first.
   */
  readonly names: (version?: number) => Promise<Directory>;
  /** The names as they were last read, without asking whether they still are: for what the database checks again. */
  readonly remembered: () => Promise<Directory>;
  /** How many entries this town's lists had when they were last counted. */
  readonly totals: RememberedTotals;
};

/** A name in the visitor's language; the Chinese one when the English is empty. */
export function nameOf(visit: Visit, named: Pick<Named, "zh" | "en"> | undefined): string {
  if (named === undefined) return "—";
  return visit.lang === "en" && named.en !== "" ? named.en : named.zh;
}
