import { sql } from "kysely";
import { named, type PlacedEvent } from "#log/follower";
import type { Town } from "#platform/town";

/** A week beyond its day: a look-back that is late is one that was skipped. */
const LATE_DAYS = 7;

/** The look-backs of a closing are awaited, each until the day on which it counts as skipped. */
export async function awaitLookBacks(town: Town, event: PlacedEvent): Promise<void> {
  await sql`
    insert into detector.awaited (town, skipped_on, look_back)
    select l.town, l.due_on + ${LATE_DAYS + 1}::int, l.id from verification.look_back l
    where l.town = ${town.id} and l.problem = ${event.subject} and l.closing = ${named(event, "closing")}
      and l.outcome is null and l.dropped_at is null
    on conflict do nothing`.execute(town.db);
}
