import { appendEvent, SYSTEM } from "#audit/append-event";
import { transact, type Town } from "#platform/town";
import { subjectOf } from "./file.ts";
import { lockFile } from "./lock-file.ts";
import { endUploads, type Purpose } from "./upload.ts";

/** A photo that was sent for something and, as far as its sender goes, came to nothing. */
export type Unused = { readonly sha256: string; readonly purpose: Purpose; readonly officer: string | null };

/**
 * Forgets that a photo was sent, and the photo with it unless somebody else sent or uses it: their foreign keys win. True when the
 * photo went: its rows, then its bytes, the sealed original's too. That it was forgotten is an event, so that a file that is
 * missing can be told from one that was taken away.
 */
export async function forgetPhoto(town: Town, at: Date, unused: Unused): Promise<boolean> {
  try {
    return await transact(town, async (town) => {
      await lockFile(town, unused.sha256);
      return forget(town, at, unused);
    });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === FOREIGN_KEY_VIOLATION)) throw error;
    await endUploads(town, unused.officer, unused.purpose, [unused.sha256]);
    return false;
  }
}

const FOREIGN_KEY_VIOLATION = "23503";

/** The file's row before its upload's, as whoever uses a photo takes them: of the two at once one waits and finds what the other left. */
async function forget(town: Town, at: Date, { sha256, officer, purpose }: Unused): Promise<boolean> {
  const file = await town.db
    .selectFrom("evidence.file as f")
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "f.town").onRef("r.sha256", "=", "f.sha256"))
    .select(["f.thumbnail_sha256", "r.sha256 as redacted"])
    .where("f.town", "=", town.id)
    .where("f.sha256", "=", sha256)
    .forUpdate("f")
    .executeTakeFirst();
  await endUploads(town, officer, purpose, [sha256]);
  if (file === undefined || file.redacted !== null) return false;
  const original = await town.db
    .deleteFrom("evidence.original")
    .where("town", "=", town.id)
    .where("sha256", "=", sha256)
    .returning("sealed_sha256")
    .executeTakeFirst();
  await town.db.deleteFrom("evidence.file").where("town", "=", town.id).where("sha256", "=", sha256).execute();
  await appendEvent(town, SYSTEM, at, { verb: "file.forgotten", subject: { kind: "file", id: subjectOf(sha256) }, words: { sha256 } });
  for (const bytes of [sha256, file.thumbnail_sha256, original?.sealed_sha256 ?? null])
    if (bytes !== null) await town.blobs.remove(town.id, bytes);
  return true;
}
