import type { Town } from "#platform/town";

export type FileKept = {
  readonly sha256: string;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnailSha256: string | null;
  readonly addedAt: Date;
  readonly redacted: boolean;
};

/** What is known of a file by its own hash (not its thumbnail's). */
export async function findFile(town: Town, sha256: string): Promise<FileKept | null> {
  const [file] = await findFiles(town, [sha256]);
  return file ?? null;
}

/** Several files at once, redacted ones included; unknown hashes are left out. */
export async function findFiles(town: Town, sha256s: readonly string[]): Promise<readonly FileKept[]> {
  if (sha256s.length === 0) return [];
  const rows = await town.db
    .selectFrom("evidence.file as f")
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "f.town").onRef("r.sha256", "=", "f.sha256"))
    .select([
      "f.sha256",
      "f.media_type as mediaType",
      "f.width",
      "f.height",
      "f.thumbnail_sha256 as thumbnailSha256",
      "f.added_at as addedAt",
      "r.redacted_at as redactedAt",
    ])
    .where("f.town", "=", town.id)
    .where("f.sha256", "in", sha256s)
    .execute();
  return rows.map(({ redactedAt, ...file }) => ({ ...file, redacted: redactedAt !== null }));
}

/**
 * The bytes of a file, or of a thumbnail, by its hash; null when unknown or redacted.
 * Whether the asker may see it is the door's question: a report's photo is private until a problem shows it.
 */
export async function readFile(
  town: Town,
  sha256: string,
): Promise<{ readonly bytes: Buffer; readonly mediaType: string; readonly file: string } | null> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
  const row = await town.db
    .selectFrom("evidence.file as f")
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "f.town").onRef("r.sha256", "=", "f.sha256"))
    .select(["f.sha256 as file", "f.media_type as mediaType"])
    .where("f.town", "=", town.id)
    .where((eb) => eb.or([eb("f.sha256", "=", sha256), eb("f.thumbnail_sha256", "=", sha256)]))
    .where("r.sha256", "is", null)
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const bytes = await town.blobs.get(town.id, sha256);
  return bytes === null ? null : { bytes, ...row };
}
