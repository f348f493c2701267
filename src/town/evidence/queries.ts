import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { Camera } from "./exif.ts";
import { openCamera } from "./original.ts";

/** A file under the hash it is known by, and what is shown of it. */
export type FileKept = {
  readonly sha256: string;
  /** Its own, or that of the copy with parts blacked out that stands in its place. */
  readonly shownSha256: string;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnailSha256: string | null;
  readonly addedAt: Date;
  /** Nothing of it is shown any more. */
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
  const { rows } = await sql<FileKept>`
    select f.sha256, s.sha256 as "shownSha256", s.media_type as "mediaType", s.width, s.height, s.thumbnail_sha256 as "thumbnailSha256",
      f.added_at as "addedAt", r.sha256 is not null and r.replaced_by is null as redacted
    from evidence.file f
    left join evidence.redaction r on r.town = f.town and r.sha256 = f.sha256
    join evidence.file s on s.town = f.town and s.sha256 = coalesce(r.replaced_by, f.sha256)
    where f.town = ${town.id} and f.sha256 = any (${[...sha256s]}::text[])`.execute(town.db);
  return rows;
}

/** What cameras wrote down of these files: for whoever verifies, never for whoever works on the problem. */
export async function findCameras(town: Town, sha256s: readonly string[]): Promise<ReadonlyMap<string, Camera>> {
  if (sha256s.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("evidence.original")
    .select(["sha256", "camera"])
    .where("town", "=", town.id)
    .where("sha256", "in", sha256s)
    .execute();
  return new Map(rows.flatMap(({ sha256, camera }) => (camera === null ? [] : [[sha256, openCamera(town, sha256, camera)] as const])));
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
