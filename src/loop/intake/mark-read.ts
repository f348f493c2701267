import { sql } from "kysely";
import { id } from "#platform/text";
import type { Town } from "#platform/town";

/** The last word of the reporter that stood on the page which the form was drawn from; absent where nothing waited to be read. */
export const seen = id.exactOptional();

/**
 * Whoever acts on a report has read what its reporter added until the word that was before them; what came since goes on waiting. Says
 * whether anything was read by it. The caller holds the report's lock.
 */
export function markRead(town: Town, report: string, seen: string | null): Promise<boolean> {
  return mark(town, { reports: "intake.report", words: "intake.word" }, report, seen);
}

/** The same of a sealed report. */
export function markSealedRead(town: Town, report: string, seen: string | null): Promise<boolean> {
  return mark(town, { reports: "intake.sealed_report", words: "intake.sealed_word" }, report, seen);
}

type Lying = { readonly reports: string; readonly words: string };

async function mark(town: Town, { reports, words }: Lying, report: string, seen: string | null): Promise<boolean> {
  if (seen === null) return false;
  const { rows } = await sql`
    update ${sql.table(reports)} r set unread_since = (
      select min(w.said_at) from ${sql.table(words)} w
      where w.town = ${town.id} and w.report = r.id and w.kind = 'added' and w.said_at >= r.unread_since and w.id > ${seen})
    where r.town = ${town.id} and r.id = ${report} and r.unread_since is not null and exists (
      select from ${sql.table(words)} w
      where w.town = ${town.id} and w.report = r.id and w.kind = 'added' and w.said_at >= r.unread_since and w.id <= ${seen})
    returning r.id`.execute(town.db);
  return rows.length > 0;
}
