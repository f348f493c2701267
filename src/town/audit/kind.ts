import type { z } from "zod";
import type { Fact } from "#platform/canonical-json";
import type { Town } from "#platform/town";
import { appendEvent, type Actor } from "./append-event.ts";
import type { Rows } from "./rows.ts";

/**
 * Who reads a fact. `page`: the story of what it is about tells it, and the public log; `log`: the public log alone; `sealed`: nobody
 * outside, it stays behind the leaf's commitment to the whole event.
 */
export type FactReader = "page" | "log" | "sealed";

/**
 * Who reads a word; the leaf holds its commitment. `page`: the story tells it, and it stands open beside the log; `log`: it stands open
 * beside the log; `file`: it is a file's hash, and stands open once the public sees that file; `sealed`: it stays within the town.
 */
export type WordReader = "page" | "log" | "file" | "sealed";

/** Whether every event of the kind has the fact; `later`: those from before it was told have not; `maybe`: some have not. */
type Presence = "always" | "later" | "maybe";

export type FactColumn<T extends Fact = Fact, P extends Presence = Presence> = {
  readonly shape: z.ZodType<T>;
  readonly reader: FactReader;
  readonly presence: P;
};

export function page<T extends Fact>(shape: z.ZodType<T>): FactColumn<T, "always"> {
  return { shape, reader: "page", presence: "always" };
}

export function log<T extends Fact>(shape: z.ZodType<T>): FactColumn<T, "always"> {
  return { shape, reader: "log", presence: "always" };
}

export function sealed<T extends Fact>(shape: z.ZodType<T>): FactColumn<T, "always"> {
  return { shape, reader: "sealed", presence: "always" };
}

/** Told from some version on: whoever appends must tell it, whoever reads must do without. */
export function later<T extends Fact>({ shape, reader }: FactColumn<T>): FactColumn<T, "later"> {
  return { shape, reader, presence: "later" };
}

export function maybe<T extends Fact>({ shape, reader }: FactColumn<T>): FactColumn<T, "maybe"> {
  return { shape, reader, presence: "maybe" };
}

export type FactColumns = { readonly [name: string]: FactColumn };

/** A word that is told from some version on: events from before it are silent about it. */
export type WordColumn = WordReader | readonly [WordReader, "later"];
export type WordColumns = { readonly [field: string]: WordColumn };

export function readerOf(column: WordColumn): WordReader {
  return typeof column === "string" ? column : column[0];
}

type ValueOf<C> = C extends FactColumn<infer T> ? T : never;
type Optional<F extends FactColumns, P extends Presence> = {
  [N in keyof F]: F[N] extends FactColumn<Fact, infer Q> ? (Q extends P ? N : never) : never;
}[keyof F];

/** The facts as a command tells them. */
export type FactsToTell<F extends FactColumns> = {
  readonly [N in Exclude<keyof F, Optional<F, "maybe">>]: ValueOf<F[N]>;
} & { readonly [N in Optional<F, "maybe">]?: ValueOf<F[N]> };

/** The facts as an event kept them, or its leaf, where what is sealed is missing. */
export type FactsAsTold<F extends FactColumns> = { readonly [N in keyof F]: ValueOf<F[N]> | undefined };

/** One event as it is read again. */
export type Told<F extends FactColumns = FactColumns, W extends WordColumns = WordColumns> = {
  readonly at: Date;
  /** The officer who did it; null: a resident, the system, or a leaf that names only a unit. */
  readonly by: string | null;
  readonly subject: string;
  readonly facts: FactsAsTold<F>;
  /** `""`: nothing was said. Undefined: redacted, or not to be read where the event is read. */
  readonly words: { readonly [field in keyof W]: string | undefined };
};

/**
 * All that is known of the events of one verb. Everything that follows events derives from here: what a command must tell, what the page
 * of a problem and the public log show of it, who is named, and what the rows must say that were written with it.
 */
export type Kind<
  S extends string = string,
  F extends FactColumns = FactColumns,
  W extends WordColumns = WordColumns,
  Shown extends boolean = boolean,
> = {
  /** What it is about; several kinds where any of them may be meant, none listed where anything may. */
  readonly subject: S | readonly S[];
  readonly facts: F;
  readonly words: W;
  /** Whether the story of its problem tells it. */
  readonly inStory: Shown;
  /** How the officer who did it is named in public: `unit`: by the unit alone; `log`: by id in the log; `page`: on the page besides. */
  readonly names: "unit" | "log" | "page";
  /**
   * What a leaf tells. `whole`: the subject and every fact that is not sealed; `unnamed`: not whom or what it is about; `day`: the verb,
   * the day and a handle, all else sealed.
   */
  readonly leaf: "whole" | "unnamed" | "day";
  /** Tells again what rows this event made or changed. */
  retell(this: void, told: Told<F, W>, rows: Rows): void;
};

export function kind<const S extends string, F extends FactColumns, const W extends WordColumns, const Shown extends boolean>(
  columns: Kind<S, F, W, Shown>,
): Kind<S, F, W, Shown> {
  return columns;
}

/** For `subject`: it may be about anything. */
export const ANY_SUBJECT: readonly string[] = [];

/** Three columns of what happens to the town itself rather than to a problem: the log tells it whole, its officer by unit. */
export const OF_THE_TOWN = { inStory: false, names: "unit", leaf: "whole" } as const;

/** For `retell`: nothing that a page reads lies in rows that this event wrote. */
export function tellsNoRow(): void {}

export type Kinds = { readonly [verb: string]: Kind };

/** Nothing needs to be said of facts where every one of them may be left out. */
type CarriedFacts<F extends FactColumns> =
  Exclude<keyof F, Optional<F, "maybe">> extends never ? { readonly facts?: FactsToTell<F> } : { readonly facts: FactsToTell<F> };

type SubjectOf<K extends Kind> = Extract<K["subject"], string>;

/** Any of a room's events, as a command tells it. */
export type HappeningOf<K extends Kinds> = {
  [V in keyof K & string]: {
    readonly verb: V;
    readonly subject: { readonly kind: SubjectOf<K[V]>; readonly id: string };
    readonly words?: { readonly [field in keyof K[V]["words"]]?: string };
  } & CarriedFacts<K[V]["facts"]>;
}[keyof K & string];

/** `appendEvent` for the events of one room: a fact left out or too much does not compile. */
export function appenderOf<K extends Kinds>(kinds: K): (town: Town, by: Actor, at: Date, happening: HappeningOf<K>) => Promise<string>;
export function appenderOf(_kinds: Kinds): (town: Town, by: Actor, at: Date, happening: never) => Promise<string> {
  return appendEvent;
}
