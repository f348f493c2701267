import { isSealed, sealSubjects } from "#audit/sealed-subjects";
import type { Position } from "#standards/geo/position";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { decode } from "./decoder.ts";
import { subjectOf } from "./file.ts";
import { hashOf, keepFile } from "./keep-file.ts";
import { lockFile } from "./lock-file.ts";
import { PHOTO_MEDIA_TYPE } from "./picture.ts";
import { findFile } from "./queries.ts";
import { keepUpload, lockUploads, whyNotWait, type Sender, type SentFor } from "./upload.ts";

export type Photo = {
  readonly sha256: string;
  readonly thumbnailSha256: string;
  readonly width: number;
  readonly height: number;
  /** Where the photo says it was taken, to be offered to whoever sent it. */
  readonly position: Position | null;
};

/** A photo as it was sent, and what for: nobody but its sender may use it, for nothing else. */
export type Sent = {
  readonly bytes: Uint8Array;
  readonly sentFor: SentFor;
  /** What it is sent for will lie sealed: that a photo came, and when, is as secret. */
  readonly willBeSealed?: boolean;
};

/**
 * Keeps a photo twice: as everybody may see it, re-encoded and without metadata, and as it was sent, sealed (`keepFile`). The same photo
 * again is the same file, or the copy that stands in its place. Refusals: those of `decode`, file/unknown (it was withdrawn: it does not
 * come back), file/too-many-waiting.
 */
export async function addPhoto(town: Town, by: Sender, at: Date, what: Sent): Promise<Photo> {
  const { bytes, sentFor, willBeSealed = false } = what;
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
    const { camera } = picture;
    if (known === null && (willBeSealed || (await isSealed(town, sentFor.id)))) await sealSubjects(town, [subjectOf(sha256)]);
    if (known === null) await keepFile(town, by, at, { sha256, mediaType: PHOTO_MEDIA_TYPE, original: bytes, picture, camera });
    const shown = known?.shownSha256 ?? sha256;
    await keepUpload(town, by, at, { sha256: shown, sentFor, bytes: cost });
    return { sha256: shown, thumbnailSha256: known?.thumbnailSha256 ?? hashOf(picture.thumbnail), width, height, position };
  });
}
