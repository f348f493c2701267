import { sql, type RawBuilder } from "kysely";
import { lastReissue } from "#intake/queries";
import { FIRST_ISSUE } from "#intake/receipt-code";
import type { Channel } from "#intake/report";
import { hasDuty, type Officer } from "#people/officer";
import { unitsAbove } from "#ledger/involvement";
import { PROBLEM_COLUMNS, type Problem } from "#ledger/problem";
import { numberOf } from "#ledger/problem-number";
import { DAY_MS, HOUR_MS } from "#platform/instant";
import type { Town } from "#platform/town";

/** The problems behind some numbers as they were typed, newest first; unknown numbers are left out. */
export async function findProblemsByNumber(town: Town, numbers: readonly string[]): Promise<readonly Problem[]> {
  const known = numbers.flatMap((typed) => numberOf(typed) ?? []);
  if (known.length === 0) return [];
  return town.db
    .selectFrom("ledger.problem as p")
    .select(PROBLEM_COLUMNS)
    .where("p.town", "=", town.id)
    .where("p.number", "in", known)
    .orderBy("p.ordinal", "desc")
    .execute();
}

/** The problem a typed number stands for, or null. */
export async function findProblemByNumber(town: Town, typed: string): Promise<string | null> {
  const number = numberOf(typed);
  if (number === null) return null;
  const row = await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", town.id)
    .where("number", "=", number)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** How long a receipt that was made anew is shown: read out while the caller waits, it is not to lie about. */
const REISSUED_MS = HOUR_MS;

/**
 * A report whose receipt this officer has just given out, and which issue of it: registered within a day, or made anew within the hour.
 * Theirs alone; null as soon as a colleague made it anew.
 */
export async function findJustGiven(town: Town, report: string, by: Officer, at: Date) {
  const row = await town.db
    .selectFrom("intake.report as r")
    .leftJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "r.town").onRef("p.id", "=", "r.problem"))
    .select(["r.id", "r.title", "r.first_reply_due_at as firstReplyDueAt", "p.number", "r.registered_by", "r.received_at"])
    .where("r.town", "=", town.id)
    .where("r.id", "=", report)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { registered_by, received_at, ...given } = row;
  const reissue = await lastReissue(town, report);
  const { by: giver, at: givenAt, issue } = reissue ?? { by: registered_by, at: received_at, issue: FIRST_ISSUE };
  const shownUntil = givenAt.getTime() + (reissue === null ? DAY_MS : REISSUED_MS);
  return giver === by.id && at.getTime() < shownUntil ? { ...given, issue } : null;
}

export type WaitingReport = {
  readonly id: string;
  readonly title: string;
  readonly channel: Channel;
  readonly category: string | null;
  readonly village: string | null;
  readonly place: string;
  readonly receivedAt: Date;
  readonly firstReplyDueAt: Date | null;
  /** Since when something lies here that its reporter added and nobody has read. */
  readonly unreadSince: Date | null;
  /** Since when its reporter says that its problem is another matter. */
  readonly disputedAt: Date | null;
};

/** Reports nobody has dealt with, the most urgent reply first. */
export async function listWaitingReports(town: Town, count: number): Promise<readonly WaitingReport[]> {
  return town.db
    .selectFrom("intake.report")
    .select(WAITING_COLUMNS)
    .where("town", "=", town.id)
    .where("status", "=", "received")
    .orderBy("first_reply_due_at")
    .orderBy("id")
    .limit(count)
    .execute();
}

/** Reports to which something was added that nobody has read, what waits longest first. */
export async function listAddedTo(town: Town, count: number): Promise<readonly WaitingReport[]> {
  return listSince(town, "unread_since", count);
}

/** Reports whose reporter says that the problem is another matter, what waits longest first. */
export async function listDisputed(town: Town, count: number): Promise<readonly WaitingReport[]> {
  return listSince(town, "disputed_at", count);
}

async function listSince(town: Town, since: "unread_since" | "disputed_at", count: number): Promise<readonly WaitingReport[]> {
  return town.db
    .selectFrom("intake.report")
    .select(WAITING_COLUMNS)
    .where("town", "=", town.id)
    .where(since, "is not", null)
    .orderBy(since)
    .orderBy("id")
    .limit(count)
    .execute();
}

const WAITING_COLUMNS = [
  "id",
  "title",
  "channel",
  "category",
  "village",
  "place",
  "received_at as receivedAt",
  "first_reply_due_at as firstReplyDueAt",
  "unread_since as unreadSince",
  "disputed_at as disputedAt",
] as const;

/** The problems among some ids, by id. */
export async function findProblems(town: Town, ids: readonly string[]): Promise<ReadonlyMap<string, Problem>> {
  if (ids.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("ledger.problem as p")
    .select(PROBLEM_COLUMNS)
    .where("p.town", "=", town.id)
    .where("p.id", "in", [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Problems (`p`) a leader answers for, and those of a handler's unit or of a unit above it. */
export function mineOf(town: string, by: Officer): RawBuilder<unknown> {
  const scopes = [
    ...(hasDuty(by, "leader") ? [sql`p.leaders @> array[${by.id}::uuid]`] : []),
    ...(hasDuty(by, "handler") ? [sql`p.unit = any (${unitsAbove(town, sql`${by.unit}::uuid`)})`] : []),
  ];
  return scopes.length === 0 ? sql`false` : sql`(${sql.join(scopes, sql` or `)})`;
}
