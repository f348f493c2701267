import { sql } from "kysely";
import { z } from "zod";
import { searchPieces, searchQuery, searchText, type Piece } from "#platform/search-words";
import { wholeNumber } from "#platform/numbers";
import { choice, id, optionalId, optionalLine } from "#platform/text";
import type { Town } from "#platform/town";
import { REPORT_COLUMNS, type Report } from "./queries.ts";
import { CHANNELS, firstReplyDueOn, REPORT_STATUSES } from "./report.ts";

const MOST_ENTRIES = 100;
const COUNTED_UP_TO = 1000;

/** By the day of the first reply, which only what waits has to come, or by when it came in. */
export const INBOX_ORDERS = ["due", "newest", "oldest"] as const;
export type InboxOrder = (typeof INBOX_ORDERS)[number];

/**
 * What the inbox shows: by default what waits; `added`: whatever its reporter added to and nobody has read, in every status; `disputed`:
 * whose reporter says that its problem is another matter. `undecided`: those whose category is not set
 * yet. `before` is the id the page before ended with.
 */
export const InboxFilter = z.object({
  status: choice(["all", "added", "disputed", ...REPORT_STATUSES])
    .catch("received")
    .default("received"),
  channel: z.enum(CHANNELS).nullable().catch(null).default(null),
  category: z
    .union([z.literal("undecided"), optionalId])
    .catch(null)
    .default(null),
  village: optionalId.catch(null),
  /** Whose first reply is due after the one instant and by the other. */
  dueAfter: z.iso.datetime().nullable().catch(null).default(null),
  dueBy: z.iso.datetime().nullable().catch(null).default(null),
  /** Null: what waits by its day, everything else newest first. */
  order: z.enum(INBOX_ORDERS).nullable().catch(null).default(null),
  q: optionalLine(100).catch(""),
  before: id.nullable().catch(null).default(null),
  limit: wholeNumber(1, MOST_ENTRIES).catch(20).default(20),
});
export type InboxFilter = z.infer<typeof InboxFilter>;

/** The order that a list is in; what does not wait has no day to come, and what is owed within some days is read by its days. */
export function orderOf(filter: InboxFilter): InboxOrder {
  const order = mayBeOrdered(filter) ? filter.order : null;
  if (filter.status === "received") return order ?? "due";
  return order === "oldest" ? "oldest" : "newest";
}

/** An index that is asked for days knows no other order. */
export function mayBeOrdered({ dueAfter, dueBy }: InboxFilter): boolean {
  return dueAfter === null && dueBy === null;
}

export type InboxEntry = Omit<Report, "photos" | "words" | "hasIdentity" | "sealed" | "reissue"> & { readonly photoCount: number };

/** How many pages of what the index finds are looked through for one page of what was meant. */
const MOST_LOOKS = 20;

/**
 * What waits, the most urgent first: by the day of the first reply, those without one at the end; everything else newest first; or by
 * when it came in, as the filter says. A page at a time; `next` is the `before` of the page after, null at the end.
 * `named` tells which villages have
 * the letters of a piece in their name. The index finds character pairs wherever they stand: what it finds is read again, letter by
 * letter, and where little of it was meant a page is shorter, never the list.
 */
export async function listInbox(
  town: Town,
  filter: InboxFilter,
  named: (letters: string) => readonly string[],
): Promise<{ readonly reports: readonly InboxEntry[]; readonly next: string | null }> {
  const pieces = searchPieces(filter.q).map((letters) => ({ letters, named: named(letters) }));
  const query = searchQuery(town.id, pieces);
  if (filter.q !== "" && query === null) return { reports: [], next: null };
  const reports: InboxEntry[] = [];
  let last = filter.before === null ? null : await placeOf(town, filter.before);
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const found = await foundByIndex(town, filter, last, query);
    reports.push(...found.filter((report) => isMeant(report, pieces)));
    if (reports.length > filter.limit) return { reports: reports.slice(0, filter.limit), next: reports[filter.limit - 1]?.id ?? null };
    if (found.length <= filter.limit) return { reports, next: null };
    last = found.at(-1) ?? null;
  }
  return { reports, next: last?.id ?? null };
}

/** Where a page ended: also when the report has been dealt with since. */
export type Place = Pick<Report, "id" | "firstReplyDueAt">;

export async function placeOf(town: Town, id: string): Promise<Place> {
  const row = await town.db
    .selectFrom("intake.report")
    .select(["id", "first_reply_due_at as firstReplyDueAt"])
    .where("town", "=", town.id)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? { id, firstReplyDueAt: null };
}

/** One more than a page of them, behind the last. */
async function foundByIndex(town: Town, filter: InboxFilter, last: Place | null, query: string | null): Promise<readonly InboxEntry[]> {
  const count = filter.limit + 1;
  const order = orderOf(filter);
  if (order !== "due") return byArrival(town, filter, order, last, query);
  const dated = last !== null && last.firstReplyDueAt === null ? [] : await datedAfter(town, filter, last, query);
  if (dated.length === count) return dated;
  let undated = entries(town, filter, query).where("r.first_reply_due_at", "is", null);
  if (last !== null && last.firstReplyDueAt === null) undated = undated.where("r.id", ">", last.id);
  const rest = await undated
    .orderBy("r.id")
    .limit(count - dated.length)
    .execute();
  return [...dated, ...rest.map(asEntry)];
}

async function byArrival(
  town: Town,
  filter: InboxFilter,
  order: "newest" | "oldest",
  last: Place | null,
  query: string | null,
): Promise<readonly InboxEntry[]> {
  const all = entries(town, filter, query);
  const behind = last === null ? all : all.where("r.id", order === "newest" ? "<" : ">", last.id);
  const found = await behind
    .orderBy("r.id", order === "newest" ? "desc" : "asc")
    .limit(filter.limit + 1)
    .execute();
  return found.map(asEntry);
}

/** By an index of what waits, in its order. */
async function datedAfter(town: Town, filter: InboxFilter, last: Place | null, query: string | null): Promise<readonly InboxEntry[]> {
  let rows = entries(town, filter, query).where("r.first_reply_due_at", "is not", null);
  if (last !== null)
    rows = rows.where((eb) => eb(eb.refTuple("r.first_reply_due_at", "r.id"), ">", eb.tuple(last.firstReplyDueAt, last.id)));
  const found = await rows
    .orderBy("r.first_reply_due_at")
    .orderBy("r.id")
    .limit(filter.limit + 1)
    .execute();
  return found.map(asEntry);
}

/** What a filter means, in no order yet. */
export function entries(town: Town, filter: InboxFilter, query: string | null) {
  let rows = inboxEntries(town);
  if (filter.status === "added") rows = rows.where("r.unread_since", "is not", null);
  else if (filter.status === "disputed") rows = rows.where("r.disputed_at", "is not", null);
  else if (filter.status !== "all") rows = rows.where("r.status", "=", filter.status);
  if (filter.channel !== null) rows = rows.where("r.channel", "=", filter.channel);
  if (filter.category === "undecided") rows = rows.where("r.category", "is", null);
  else if (filter.category !== null) rows = rows.where("r.category", "=", filter.category);
  if (filter.village !== null) rows = rows.where("r.village", "=", filter.village);
  if (filter.dueAfter !== null) rows = rows.where("r.first_reply_due_at", ">", new Date(filter.dueAfter));
  if (filter.dueBy !== null) rows = rows.where("r.first_reply_due_at", "<=", new Date(filter.dueBy));
  return query === null ? rows : rows.where(sql<boolean>`r.search @@ ${query}::tsquery`);
}

/**
 * How many the list has, without what is searched for: counted among the latest thousand of its status, `isExact` when there are no more of
 * them.
 */
export async function countInbox(town: Town, filter: InboxFilter): Promise<{ readonly count: number; readonly isExact: boolean }> {
  const ids = (of: InboxFilter) => entries(town, of, null).clearSelect().select("r.id");
  const latest = ids(InboxFilter.parse({ status: filter.status }))
    .orderBy("r.id", "desc")
    .limit(COUNTED_UP_TO + 1);
  const { rows } = await sql<{ readonly looked: number; readonly count: number }>`
    with latest as materialized (${latest})
    select (select count(*)::int from latest) as looked,
      (select count(*)::int from (${ids(filter).where(sql<boolean>`r.id in (select id from latest)`)}) meant) as count`.execute(town.db);
  const { looked, count } = rows[0] ?? { looked: 0, count: 0 };
  return { count: Math.min(count, COUNTED_UP_TO), isExact: looked <= COUNTED_UP_TO };
}

function isMeant({ title, details, place, village }: InboxEntry, pieces: readonly Piece[]): boolean {
  if (pieces.length === 0) return true;
  const text = searchText(title, details, place);
  return pieces.every(({ letters, named }) => text.includes(letters) || (village !== null && named.includes(village)));
}

/** The reports of these ids, newest first. */
export async function listReports(town: Town, ids: readonly string[]): Promise<readonly InboxEntry[]> {
  if (ids.length === 0) return [];
  return (await inboxEntries(town).where("r.id", "in", ids).orderBy("r.id", "desc").execute()).map(asEntry);
}

function inboxEntries(town: Town) {
  return town.db
    .selectFrom("intake.report as r")
    .leftJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "r.town").onRef("p.id", "=", "r.problem"))
    .select(REPORT_COLUMNS)
    .select((eb) => [
      "p.number as problemNumber",
      eb
        .selectFrom("evidence.use as f")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .whereRef("f.town", "=", "r.town")
        .whereRef("f.subject", "=", "r.id")
        .where("f.purpose", "=", "report")
        .where("f.ended_at", "is", null)
        .as("photoCount"),
    ])
    .where("r.town", "=", town.id);
}

type Row = Omit<InboxEntry, "firstReplyDueOn" | "photoCount"> & { readonly photoCount: number | null };

function asEntry(row: Row): InboxEntry {
  return { ...row, firstReplyDueOn: firstReplyDueOn(row.firstReplyDueAt), photoCount: row.photoCount ?? 0 };
}

/** What waits: how many, how many past the day of the first reply, how many without one. Each counted up to 1,000. */
export async function countWaiting(
  town: Town,
  at: Date,
): Promise<{ readonly waiting: number; readonly late: number; readonly withoutDay: number }> {
  const { rows } = await sql<{ waiting: number; late: number; withoutDay: number }>`
    select
      (select count(*)::int from (select from intake.report where town = ${town.id} and status = 'received'
        limit ${COUNTED_UP_TO}) as w) as waiting,
      (select count(*)::int from (select from intake.report where town = ${town.id} and status = 'received'
        and first_reply_due_at <= ${at} limit ${COUNTED_UP_TO}) as l) as late,
      (select count(*)::int from (select from intake.report where town = ${town.id} and status = 'received'
        and first_reply_due_at is null limit ${COUNTED_UP_TO}) as n) as "withoutDay"`.execute(town.db);
  return rows[0] ?? { waiting: 0, late: 0, withoutDay: 0 };
}
