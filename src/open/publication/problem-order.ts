import { sql, type RawBuilder } from "kysely";
import type { Problem, Status } from "#ledger/problem";
import { numberOf, ordinalOf } from "#ledger/problem-number";
import { dayTyped, type Day } from "#platform/instant";

/** Newest first; or what waits for work by its due day, or what is in hand the longest first, with all others behind it, newest first. */
export const ORDERS = ["newest", "urgent", "waiting"] as const;
export type Order = (typeof ORDERS)[number];

/** What somebody has still to act on, in the very words of its index (migration 0025). */
export const IN_HAND = sql`p.status in ('opened', 'assigned', 'rectified', 'verified')`;

/** An order that puts some entries in front of all others. */
export type Front = {
  readonly statuses: readonly Status[];
  /** `statuses` as its index says it (migrations 0025, 0355): without these very words it is not used. */
  readonly holds: RawBuilder<unknown>;
  readonly by: RawBuilder<unknown>;
  readonly behind: (place: Place) => RawBuilder<unknown>;
  /** Where the red ones stand, in front and behind, in the very words of their indexes: looking for them nothing else is read. */
  readonly red: (today: Day) => readonly [front: RawBuilder<unknown>, others: RawBuilder<unknown>];
  /** The same order of the columns as they are called on the page. */
  readonly turn: RawBuilder<unknown>;
  readonly placeOf: (problem: Problem) => string;
};

export const FRONTS: Readonly<Record<Exclude<Order, "newest">, Front>> = {
  urgent: {
    statuses: ["opened", "assigned"],
    holds: sql`p.status in ('opened', 'assigned')`,
    by: sql`coalesce(p.due_on, 'infinity'::date), p.ordinal`,
    behind: ({ front, ordinal }) => sql`(coalesce(p.due_on, 'infinity'::date), p.ordinal) > (${dayIn(front)}::date, ${ordinal}::bigint)`,
    red: (today) => [
      sql`coalesce(p.due_on, 'infinity'::date) < ${today}::date`,
      sql`p.status in ('rectified', 'verified') and p.rectified_on > p.due_on`,
    ],
    turn: sql`coalesce(p."dueOn", 'infinity'::date)`,
    placeOf: ({ dueOn, number }) => `${dueOn ?? OPEN}.${number}`,
  },
  waiting: {
    statuses: ["opened", "assigned", "rectified", "verified"],
    holds: IN_HAND,
    by: sql`p.ordinal`,
    behind: ({ ordinal }) => sql`p.ordinal > ${ordinal}`,
    red: () => [sql`true`, sql`true`],
    turn: sql`p.ordinal`,
    placeOf: ({ number }) => `${OPEN}.${number}`,
  },
};

const OPEN = "open";

/** Where a page ended: behind an entry, and, while it was among those in front, by what it stood there. */
export type Place = { readonly front: string | null; readonly ordinal: number };

/** `SL-2026-0007`, `2026-08-10.SL-2026-0007` or `open.SL-2026-0007`, as addresses hold it; null when what was typed is none. */
export function placeTyped(typed: string): string | null {
  const [, front, rest] = /^(?:([a-z\d-]{1,10})\.)?(.*)$/su.exec(typed) ?? [];
  const number = numberOf(rest ?? "");
  if (front === undefined || number === null) return number;
  return front === OPEN || dayTyped(front) === front ? `${front}.${number}` : null;
}

export function placeIn(text: string): Place {
  const at = text.indexOf(".");
  return { front: at < 0 ? null : text.slice(0, at), ordinal: ordinalOf(text.slice(at + 1)) ?? 0 };
}

function dayIn(front: string | null): string {
  return front === null || front === OPEN ? "infinity" : front;
}
