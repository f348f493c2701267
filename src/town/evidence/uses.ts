import { sql } from "kysely";
import type { Town } from "#platform/town";
import { purposesWhere } from "./purpose.ts";

/** The files that are part of a subject by their own hashes, in the order in which they came to it. */
export async function filesOf(town: Town, subject: string): Promise<readonly string[]> {
  const rows = await town.db
    .selectFrom("evidence.use")
    .select("file")
    .where("town", "=", town.id)
    .where("subject", "=", subject)
    .where("ended_at", "is", null)
    .orderBy("id")
    .execute();
  return rows.map(({ file }) => file);
}

/**
 * Whether a file serves for something that the office works with (a report, a problem), or stands in the place of one that does. A file
 * that only waits in somebody's draft or form is theirs alone, one that serves what lies sealed alone is there for nobody.
 */
export async function isInUse(town: Town, sha256: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    with file as (
      select ${sha256}::text as sha256
      union select r.sha256 from evidence.redaction r where r.town = ${town.id} and r.replaced_by = ${sha256}
    )
    select exists (select from evidence.use u join file on file.sha256 = u.file where u.town = ${town.id}
      and not exists (select from audit.sealed_subject s where s.town = u.town and s.subject = u.subject)
      and u.ended_at is null and u.purpose = any (${purposesWhere(({ waits }) => !waits)}::text[])) as used`.execute(town.db);
  return rows[0]?.used === true;
}
