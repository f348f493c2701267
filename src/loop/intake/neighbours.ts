import type { Town } from "#platform/town";
import { entries, listInbox, orderOf, placeOf, type InboxFilter, type Place } from "./inbox.ts";

/** What stands before and behind a report in the inbox, as it is filtered; the filter's words are not asked. */
export type Neighbours = { readonly previous: string | null; readonly next: string | null };

export async function findNeighbours(town: Town, filter: InboxFilter, report: string): Promise<Neighbours> {
  const place = await placeOf(town, report);
  return { previous: await previousOf(town, filter, place), next: await firstBehind(town, filter, report) };
}

/**
 * Who follows once a report is decided: whoever stands behind it, for those before it were passed over; at the end the first of the list
 * again. Null when none waits.
 */
export async function findNextWaiting(town: Town, filter: InboxFilter, decided: string): Promise<string | null> {
  const status = filter.status === "added" || filter.status === "disputed" ? filter.status : "received";
  const waiting = { ...filter, status } as const;
  const next = (await firstBehind(town, waiting, decided)) ?? (await firstBehind(town, waiting, null));
  return next === decided ? null : next;
}

async function firstBehind(town: Town, filter: InboxFilter, before: string | null): Promise<string | null> {
  const { reports } = await listInbox(town, { ...filter, q: "", before, limit: 1 }, () => []);
  return reports[0]?.id ?? null;
}

/** The order of the inbox (`listInbox`), walked the other way. */
async function previousOf(town: Town, filter: InboxFilter, { id, firstReplyDueAt }: Place): Promise<string | null> {
  const rows = entries(town, filter, null).limit(1);
  const order = orderOf(filter);
  if (order === "newest") return idOf(rows.where("r.id", ">", id).orderBy("r.id"));
  if (order === "oldest") return idOf(rows.where("r.id", "<", id).orderBy("r.id", "desc"));
  const dated = rows.where("r.first_reply_due_at", "is not", null).orderBy("r.first_reply_due_at", "desc").orderBy("r.id", "desc");
  if (firstReplyDueAt !== null)
    return idOf(dated.where((eb) => eb(eb.refTuple("r.first_reply_due_at", "r.id"), "<", eb.tuple(firstReplyDueAt, id))));
  const undated = rows.where("r.first_reply_due_at", "is", null).where("r.id", "<", id).orderBy("r.id", "desc");
  return (await idOf(undated)) ?? idOf(dated);
}

async function idOf(rows: { executeTakeFirst(): Promise<{ readonly id: string } | undefined> }): Promise<string | null> {
  return (await rows.executeTakeFirst())?.id ?? null;
}
