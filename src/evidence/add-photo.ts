import { createHash } from "node:crypto";
import type { Position } from "#standards/geo/position";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { lockFile } from "./lock-file.ts";
import { PHOTO_MEDIA_TYPE, pictureOf } from "./picture.ts";
import { findFile } from "./queries.ts";

/** How many photos one report, or one note of progress, may carry. */
export const MOST_PHOTOS = 6;

export type Photo = {
  readonly sha256: string;
  readonly thumbnailSha256: string;
  readonly width: number;
  readonly height: number;
  /** Where the photo says it was taken, to be offered to whoever sent it; it is stored nowhere. */
  readonly position: Position | null;
};

/**
 * Keeps a photo, re-encoded and without metadata; the same photo again is the same file. `by` is an officer's id, or null
 * for a resident. Refusals: file/too-large, file/not-an-image, file/unknown (it was redacted: it does not come back).
 * The bytes are safe on disk before the row commits; when either fails, neither stays.
 */
export async function addPhoto(town: Town, by: string | null, at: Date, bytes: Uint8Array): Promise<Photo> {
  const { full, thumbnail, width, height, position } = await pictureOf(bytes);
  const sha256 = hashOf(full);
  const thumbnailSha256 = hashOf(thumbnail);
  const photo = { sha256, thumbnailSha256, width, height, position };
  return transact(town, async (town) => {
    await lockFile(town, sha256);
    const known = await findFile(town, sha256);
    if (known?.redacted === true) throw new Refusal("file/unknown");
    if (known !== null) return photo;
    try {
      await town.blobs.put(town.id, full);
      await town.blobs.put(town.id, thumbnail);
      await town.db
        .insertInto("evidence.file")
        .values({
          town: town.id,
          sha256,
          media_type: PHOTO_MEDIA_TYPE,
          bytes: full.length,
          width,
          height,
          thumbnail_sha256: thumbnailSha256,
          added_at: at,
          added_by: by,
        })
        .execute();
    } catch (cause) {
      await town.blobs.remove(town.id, sha256);
      await town.blobs.remove(town.id, thumbnailSha256);
      throw cause;
    }
    return photo;
  });
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
