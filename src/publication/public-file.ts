import type { Town } from "#platform/town";

/**
 * What kind of file a hash (its own or its thumbnail's) stands for, when a problem shows it as evidence and it was not
 * redacted; null for every other file: a report's photo is private until a problem shows it.
 */
export async function findPublicFile(town: Town, sha256: string): Promise<{ readonly mediaType: string } | null> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
  const file = await town.db
    .selectFrom("evidence.file as f")
    .innerJoin("ledger.problem_evidence as v", (join) => join.onRef("v.town", "=", "f.town").onRef("v.sha256", "=", "f.sha256"))
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "f.town").onRef("r.sha256", "=", "f.sha256"))
    .select("f.media_type as mediaType")
    .where("f.town", "=", town.id)
    .where((eb) => eb.or([eb("f.sha256", "=", sha256), eb("f.thumbnail_sha256", "=", sha256)]))
    .where("r.sha256", "is", null)
    .limit(1)
    .executeTakeFirst();
  return file ?? null;
}
