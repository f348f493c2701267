import type { Town } from "#platform/town";

/** A document beside a problem, for the officers of its desk. */
export type Paper = {
  readonly sha256: string;
  readonly caption: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly addedBy: string | null;
  readonly addedAt: Date;
  /** Of a PDF; null of every other kind, of which nothing is drawn. */
  readonly firstPage: FirstPage | null;
};

/** `drawn`: there is a picture of it; `waits`: soon; else why there is none. */
export type FirstPage = "drawn" | "waits" | { readonly because: string };

/** The papers of a problem that were not withdrawn, newest first. */
export async function listPapers(town: Town, problem: string): Promise<readonly Paper[]> {
  const rows = await town.db
    .selectFrom("evidence.use as u")
    .innerJoin("evidence.file as f", (join) => join.onRef("f.town", "=", "u.town").onRef("f.sha256", "=", "u.file"))
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "u.town").onRef("r.sha256", "=", "u.file"))
    .leftJoin("evidence.first_page as p", (join) => join.onRef("p.town", "=", "u.town").onRef("p.sha256", "=", "u.file"))
    .select(["p.sha256 as page", "p.tried_at as triedAt", "p.because"])
    .select(["u.file as sha256", "u.caption", "f.media_type as mediaType", "f.bytes", "u.actor as addedBy", "u.used_at as addedAt"])
    .where("u.town", "=", town.id)
    .where("u.subject", "=", problem)
    .where("u.purpose", "=", "paper")
    .where("u.ended_at", "is", null)
    .where("r.sha256", "is", null)
    .orderBy("u.id", "desc")
    .execute();
  return rows.map(({ page, triedAt, because, ...paper }) => ({
    ...paper,
    firstPage: page === null ? null : firstPageOf(triedAt, because),
  }));
}

function firstPageOf(triedAt: Date | null, because: string | null): FirstPage {
  if (triedAt === null) return "waits";
  return because === null ? "drawn" : { because };
}
