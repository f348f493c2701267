import { sql } from "kysely";
import { addDays, dayOf, startOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";

/** How soon a first reply is due, by the official calendar: a Friday's next working day is Monday. */
export const REPLIES_DUE = ["late", "today", "next"] as const;
export type ReplyDue = (typeof REPLIES_DUE)[number];

/** Replies due after `after` and by `by`, both instants; null: however early. */
export type DueWithin = { readonly after: Date | null; readonly by: Date };

/** What each means now: the day of the reply is past; is today; is no later than the next working day (`next`), and not today. */
export function dueWithin(at: Date, next: Day): Record<ReplyDue, DueWithin> {
  const tonight = startOf(addDays(dayOf(at), 1));
  return {
    late: { after: null, by: at },
    today: { after: at, by: tonight },
    next: { after: tonight, by: startOf(addDays(next, 1)) },
  };
}

/** Null where it is due later. */
export function replyDueIn(at: Date, next: Day, dueAt: Date): ReplyDue | null {
  const within = dueWithin(at, next);
  return REPLIES_DUE.find((due) => isWithin(within[due], dueAt)) ?? null;
}

function isWithin({ after, by }: DueWithin, dueAt: Date): boolean {
  return (after === null || dueAt > after) && dueAt <= by;
}

/** How many reports wait for a first reply within each of these times, each counted up to `most`: a walk of the index of what waits. */
export async function countDue(town: Town, within: Record<ReplyDue, DueWithin>, most: number): Promise<Record<ReplyDue, number>> {
  const counted = ({ after, by }: DueWithin) => sql<number>`(select count(*)::int from (select from intake.report
    where town = ${town.id} and status = 'received' and first_reply_due_at <= ${by}
    and (${after}::timestamptz is null or first_reply_due_at > ${after}) limit ${most}) as due)`;
  const { rows } = await sql<Record<ReplyDue, number>>`
    select ${counted(within.late)} as late, ${counted(within.today)} as today, ${counted(within.next)} as next`.execute(town.db);
  return rows[0] ?? { late: 0, today: 0, next: 0 };
}
