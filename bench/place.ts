import { randomFrom } from "./prose.ts";

/** The town of the bench and the ids of everything in it: the same on every machine, known without asking the database. */
export const TOWN = "bench";
export const THEMES = 4;
export const UNITS = 20;
export const VILLAGES = 30;
export const CATEGORIES = 7;
export const LEADERS = 40;

export type Kind = "unit" | "village" | "category" | "campaign" | "theme" | "officer" | "problem" | "event";

const KINDS: Record<Kind, number> = { unit: 1, village: 2, category: 3, campaign: 4, theme: 5, officer: 6, problem: 7, event: 8 };

/** A UUIDv7 in form; problems and events sort as they happened. */
export function idOf(kind: Kind, n: number): string {
  const high = (n + 1).toString(16).padStart(12, "0");
  return `${high.slice(0, 8)}-${high.slice(8)}-7${KINDS[kind]}00-8000-${n.toString(16).padStart(12, "0")}`;
}

export const FIRST_YEAR = 2017;
export const TODAY = "2026-07-28";
const DAY_MS = 86_400_000;

export type Entry = {
  readonly n: number;
  readonly number: string;
  readonly ordinal: number;
  readonly status: "opened" | "assigned" | "suspended" | "rectified" | "verified" | "closed" | "dismissed";
  readonly openedAt: Date;
  readonly dueOn: string | null;
  readonly amberOn: string | null;
  readonly rectifiedOn: string | null;
  readonly closedOn: string | null;
  readonly resumeOn: string | null;
  readonly theme: number;
  readonly unit: number;
  readonly village: number;
  readonly category: number;
  readonly leaders: readonly number[];
  readonly reports: number;
  readonly answered: number;
  readonly solved: number;
  readonly satisfied: number;
};

/** `count` entries from 2017 to today: 85 of a hundred struck off, the rest in every state, the open ones young. */
export function* entries(count: number): Generator<Entry> {
  const random = randomFrom(7);
  const first = Date.parse(`${FIRST_YEAR}-01-01T01:00:00Z`);
  const stepMs = (Date.parse(`${TODAY}T01:00:00Z`) - first) / count;
  const sequences = new Map<number, number>();
  for (let n = 0; n < count; n++) {
    const openedAt = new Date(first + n * stepMs);
    const year = Number(dayOf(openedAt).slice(0, 4));
    const sequence = (sequences.get(year) ?? 0) + 1;
    sequences.set(year, sequence);
    yield entryOf(random, n, openedAt, `BN-${year}-${String(sequence).padStart(4, "0")}`, year * 10_000_000 + sequence);
  }
}

function entryOf(random: () => number, n: number, openedAt: Date, number: string, ordinal: number): Entry {
  const status = statusOf(random());
  const assigned = status !== "opened" && status !== "dismissed";
  const done = status === "rectified" || status === "verified" || status === "closed";
  // What is still being worked on is due around today; a tenth of it is late.
  const due =
    status === "assigned" ? Date.parse(`${TODAY}T00:00:00Z`) + Math.floor(random() * 60 - 6) * DAY_MS : openedAt.getTime() + 20 * DAY_MS;
  const reports = 1 + Math.floor(random() * random() * 8);
  const answered = status === "closed" ? Math.floor(random() * (reports + 1)) : 0;
  const solved = Math.ceil(answered * 0.9);
  const rectified = new Date(due + Math.floor(random() * 25 - 20) * DAY_MS);
  return {
    n,
    number,
    ordinal,
    status,
    openedAt,
    dueOn: assigned ? dayOf(new Date(due)) : null,
    amberOn: assigned ? dayOf(new Date(due - 4 * DAY_MS)) : null,
    rectifiedOn: done ? dayOf(rectified) : null,
    closedOn: status === "closed" ? dayOf(new Date(rectified.getTime() + 10 * DAY_MS)) : null,
    resumeOn: status === "suspended" ? "2099-12-31" : null,
    theme: Math.floor(random() * THEMES),
    unit: Math.floor(random() * random() * UNITS),
    village: Math.floor(random() * VILLAGES),
    category: Math.floor(random() * CATEGORIES),
    leaders: assigned ? (random() < 0.3 ? twoOf(random) : [Math.floor(random() * LEADERS)]) : [],
    reports,
    answered,
    solved,
    satisfied: Math.ceil(solved * 0.95),
  };
}

function twoOf(random: () => number): readonly number[] {
  const first = Math.floor(random() * LEADERS);
  return [first, (first + 1 + Math.floor(random() * (LEADERS - 1))) % LEADERS];
}

function statusOf(chance: number): Entry["status"] {
  if (chance < 0.85) return "closed";
  if (chance < 0.93) return "assigned";
  if (chance < 0.95) return "opened";
  if (chance < 0.965) return "rectified";
  if (chance < 0.975) return "verified";
  if (chance < 0.98) return "suspended";
  return "dismissed";
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
