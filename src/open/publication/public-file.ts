import { sql } from "kysely";
import type { Town } from "#platform/town";

/**
 * What kind of file a hash (its own or its thumbnail's) stands for, when a problem shows it as evidence, or it stands
 * for one that a problem shows, and it was not redacted; null for every other file: a report's photo is private until a problem shows it.
 */
export async function findPublicFile(town: Town, sha256: string): Promise<{ readonly mediaType: string } | null> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
  const { rows } = await sql<{ mediaType: string }>`
    select f.media_type as "mediaType" from evidence.file f
    where f.town = ${town.id} and (f.sha256 = ${sha256} or f.thumbnail_sha256 = ${sha256})
      and not exists (select from evidence.redaction r where r.town = f.town and r.sha256 = f.sha256)
      and (exists (select from ledger.problem_evidence v where v.town = f.town and v.sha256 = f.sha256)
        or exists (select from evidence.redaction r join ledger.problem_evidence v on v.town = r.town and v.sha256 = r.sha256
          where r.town = f.town and r.replaced_by = f.sha256))
    limit 1`.execute(town.db);
  return rows[0] ?? null;
}

/** The copy with parts blacked out that stands in the place of a file the public could see; null when there is none. */
export async function findStandIn(town: Town, sha256: string): Promise<string | null> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
  const row = await town.db
    .selectFrom("evidence.redaction")
    .select("replaced_by")
    .where("town", "=", town.id)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  const copy = row?.replaced_by ?? null;
  return copy !== null && (await findPublicFile(town, copy)) !== null ? copy : null;
}
