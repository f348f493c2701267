import { createHash } from "node:crypto";
import { appendEvent, RESIDENT } from "#audit/append-event";
import type { Position } from "#standards/geo/position";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { decode } from "./decoder.ts";
import { subjectOf } from "./file.ts";
import { lockFile } from "./lock-file.ts";
import { sealCamera, sealOriginal } from "./original.ts";
import { PHOTO_MEDIA_TYPE, type Picture } from "./picture.ts";
import { findFile } from "./queries.ts";
import { keepUpload, lockUploads, whyNotWait, type Purpose, type Sender } from "./upload.ts";

export type Photo = {
  readonly sha256: string;
  readonly thumbnailSha256: string;
  readonly width: number;
  readonly height: number;
  /** Where the photo says it was taken, to be offered to whoever sent it. */
  readonly position: Position | null;
};

/** A photo as it was sent, and what for: nobody but its sender may use it, for nothing else. */
export type Sent = { readonly bytes: Uint8Array; readonly purpose: Purpose };

/**
 * Keeps a photo twice: as everybody may see it, re-encoded and without metadata, and as it was sent, sealed; the event commits to both
 * hashes. The same photo again is the same file, or the copy that stands in its place. Refusals: those of
 * `decode`, file/unknown (it was withdrawn: it does not come back), file/too-many-waiting.
 * The bytes are safe on disk before the row commits; when either fails, none stays.
 */
export async function addPhoto(town: Town, by: Sender, at: Date, { bytes, purpose }: Sent): Promise<Photo> {
  refuse(await whyNotWait(town, by, bytes.byteLength));
  const picture = await decode("officer" in by ? by.officer : by.address, bytes);
  const sha256 = hashOf(picture.full);
  const { position } = picture.camera;
  const { width, height } = picture;
  return transact(town, async (town) => {
    await lockUploads(town);
    await lockFile(town, sha256);
    const known = await findFile(town, sha256);
    if (known?.redacted === true) throw new Refusal("file/unknown");
    const cost = picture.full.length + picture.thumbnail.length + bytes.byteLength;
    refuse(await whyNotWait(town, by, cost));
    if (known === null) await keep(town, by, at, sha256, picture, bytes);
    const shown = known?.shownSha256 ?? sha256;
    await keepUpload(town, by, at, { sha256: shown, purpose, bytes: cost });
    return { sha256: shown, thumbnailSha256: known?.thumbnailSha256 ?? hashOf(picture.thumbnail), width, height, position };
  });
}

async function keep(town: Town, by: Sender, at: Date, sha256: string, picture: Picture, bytes: Uint8Array): Promise<void> {
  const original = { sha256, originalSha256: hashOf(bytes), sealed: sealOriginal(town, sha256, bytes) };
  const kept: string[] = [];
  try {
    for (const one of [picture.full, picture.thumbnail, original.sealed]) kept.push(await town.blobs.put(town.id, one));
    await keepRows(town, by, at, picture, original, bytes.length);
  } catch (cause) {
    for (const one of kept) await town.blobs.remove(town.id, one);
    throw cause;
  }
}

type Original = { readonly sha256: string; readonly originalSha256: string; readonly sealed: Buffer };

async function keepRows(town: Town, by: Sender, at: Date, picture: Picture, original: Original, bytes: number): Promise<void> {
  const { sha256, originalSha256, sealed } = original;
  await town.db
    .insertInto("evidence.file")
    .values({
      town: town.id,
      sha256,
      media_type: PHOTO_MEDIA_TYPE,
      bytes: picture.full.length,
      width: picture.width,
      height: picture.height,
      thumbnail_sha256: hashOf(picture.thumbnail),
      look: picture.look,
      added_at: at,
      added_by: "officer" in by ? by.officer : null,
    })
    .execute();
  const camera = sealCamera(town, sha256, picture.camera);
  await town.db
    .insertInto("evidence.original")
    .values({ town: town.id, sha256, original_sha256: originalSha256, sealed_sha256: hashOf(sealed), bytes, camera })
    .execute();
  // Words, not facts: a hash would tell whoever holds the photo that it was sent in, so the event only commits to them.
  await appendEvent(town, "officer" in by ? { kind: "officer", id: by.officer } : RESIDENT, at, {
    verb: "file.added",
    subject: { kind: "file", id: subjectOf(sha256) },
    words: { sha256, original: originalSha256 },
  });
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
