import type { Town } from "#platform/town";

/** A document beside a problem, for the officers of its desk. */
export type Paper = {
  readonly sha256: string;
  readonly caption: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly addedBy: string | null;
  readonly addedAt: Date;
};

/** The papers of a problem that were not withdrawn, newest first. */
export async function listPapers(town: Town, problem: string): Promise<readonly Paper[]> {
  return town.db
    .selectFrom("evidence.use as u")
    .innerJoin("evidence.file as f", (join) => join.onRef("f.town", "=", "u.town").onRef("f.sha256", "=", "u.file"))
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "u.town").onRef("r.sha256", "=", "u.file"))
    .select(["u.file as sha256", "u.caption", "f.media_type as mediaType", "f.bytes", "u.actor as addedBy", "u.used_at as addedAt"])
    .where("u.town", "=", town.id)
    .where("u.subject", "=", problem)
    .where("u.purpose", "=", "paper")
    .where("u.ended_at", "is", null)
    .where("r.sha256", "is", null)
    .orderBy("u.id", "desc")
    .execute();
}
