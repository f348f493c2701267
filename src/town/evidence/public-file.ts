import { sql } from "kysely";
import type { Town } from "#platform/town";
import { purposesWhere } from "./purpose.ts";

/**
 * What kind of file a hash (its own or its thumbnail's) stands for, when everybody may see it: a use that shows it to everybody stands, of
 * it or of one in whose place it stands, and it was neither withdrawn nor replaced. Null for every other file.
 */
export async function findPublicFile(town: Town, sha256: string): Promise<{ readonly mediaType: string } | null> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
  const stands = sql`u.ended_at is null and u.purpose = any (${purposesWhere(({ shown }) => shown !== "never")}::text[])`;
  const { rows } = await sql<{ mediaType: string }>`
    select f.media_type as "mediaType" from evidence.file f
    where f.town = ${town.id} and (f.sha256 = ${sha256} or f.thumbnail_sha256 = ${sha256})
      and not exists (select from evidence.redaction r where r.town = f.town and r.sha256 = f.sha256)
      and (exists (select from evidence.use u where u.town = f.town and u.file = f.sha256 and ${stands})
        or exists (select from evidence.redaction r join evidence.use u on u.town = r.town and u.file = r.sha256
          where r.town = f.town and r.replaced_by = f.sha256 and ${stands}))
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
