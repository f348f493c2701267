import { sql } from "kysely";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { ENOUGH, isOpenCallBack, mineOf } from "./tasks.ts";

/** A reporter in the queue, as far as whoever calls has to know before they open them. */
export type QueuedCallBack = {
  readonly question: string;
  readonly number: string;
  readonly title: string;
  /** Within the window, and not a minute longer. */
  readonly until: Date;
  readonly byPhone: boolean;
  readonly channel: string;
  readonly joinedAt: Date;
  /** How often nobody answered. */
  readonly tried: number;
  /** A colleague has them before them now. */
  readonly heldBy: string | null;
};

/** Whom this officer may call or visit now, the window that ends first before the others; at most `ENOUGH`. */
export async function listCallBacks(town: Town, by: Officer, at: Date): Promise<readonly QueuedCallBack[]> {
  const { rows } = await sql<QueuedCallBack>`
    with ${mineOf(town.id, by)}, queue as (
      select c.* from office.call_back c where ${isOpenCallBack(town.id, by, at)} order by c.until, c.question limit ${ENOUGH}
    )
    select c.question, p.number, p.title, c.until, c.by_phone as "byPhone", j.channel, j.joined_at as "joinedAt",
      (select count(*)::int from verification.attempt a where a.town = ${town.id} and a.question = c.question) as tried,
      case when c.held_until > ${at} and c.held_by <> ${by.id} then c.held_by end as "heldBy"
    from queue c
    join ledger.problem p on p.town = ${town.id} and p.id = c.problem
    join verification.question q on q.town = ${town.id} and q.id = c.question
    join ledger.joined_report j on j.town = ${town.id} and j.problem = q.problem and j.report = q.report
    order by c.until, c.question`.execute(town.db);
  return rows;
}
