import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { ActorKind } from "./append-event.ts";

/** An event as the sequencer takes it: everything the log says of it, or commits to. */
export type WaitingEvent = {
  readonly id: string;
  readonly verb: string;
  readonly actorKind: ActorKind;
  readonly actor: string | null;
  readonly at: Date;
  readonly subjectKind: string;
  readonly subject: string;
  readonly body: string;
};

/**
 * Takes events that have committed and have no place in the log yet, in order of id, at most `most`, within the caller's
 * transaction: rolled back, they wait again. What was committed before this statement began is taken before what commits after,
 * so places follow the order of commits; a transaction still under way holds nobody up.
 */
export async function takeWaiting(town: Town, most: number): Promise<readonly WaitingEvent[]> {
  const { rows } = await sql<WaitingEvent>`
    with next as materialized (
      select event from audit.waiting where town = ${town.id} order by event limit ${most}
    ), taken as (
      delete from audit.waiting w using next where w.town = ${town.id} and w.event = next.event returning w.event
    )
    select e.id, e.verb, e.actor_kind as "actorKind", e.actor, e.at, e.subject_kind as "subjectKind", e.subject, e.body
    from taken join audit.event e on e.town = ${town.id} and e.id = taken.event order by e.id`.execute(town.db);
  return rows;
}

/** The towns that have events waiting. */
export async function waitingTowns(db: Town["db"]): Promise<readonly string[]> {
  const rows = await db.selectFrom("audit.waiting").select("town").distinct().execute();
  return rows.map(({ town }) => town);
}
