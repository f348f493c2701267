import { sql } from "kysely";
import type { Town } from "#platform/town";

/**
 * Empties every word that events hold of a subject, salts with them; the commitments stay. The caller tells, about the same subject, where
 * they went, so that `checkEvents` knows them from words that somebody took away.
 */
export async function emptyWords(town: Town, at: Date, subject: string): Promise<void> {
  await sql`
    select audit.redact_text(w.town, w.event, w.field, ${at})
    from audit.event e join audit.private_text w on w.town = e.town and w.event = e.id and w.text is not null
    where e.town = ${town.id} and e.subject = ${subject}`.execute(town.db);
}
