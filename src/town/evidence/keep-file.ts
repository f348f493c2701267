import { createHash } from "node:crypto";
import { RESIDENT } from "#audit/append-event";
import type { Town } from "#platform/town";
import type { Camera } from "./exif.ts";
import { sealCamera, sealOriginal } from "./original.ts";
import { tellAdded } from "./tell-added.ts";
import type { Sender } from "./upload.ts";

export type NewFile = {
  readonly sha256: string;
  readonly mediaType: string;
  /** As it was sent. */
  readonly original: Uint8Array;
  /** What may be shown of it, and the same made small; null when nothing of it is ever shown. */
  readonly picture: Shown | null;
  readonly camera: Camera;
};

type Shown = { readonly full: Buffer; readonly thumbnail: Buffer; readonly width: number; readonly height: number; readonly look: string };

/**
 * Keeps a file that is new to the town: what is shown of it in the open, what was sent sealed; the event commits to both hashes. The caller
 * holds the file's lock. The bytes are safe on disk before the rows commit; when either fails, none stays.
 */
export async function keepFile(town: Town, by: Sender, at: Date, file: NewFile): Promise<void> {
  const sealed = sealOriginal(town, file.sha256, file.original);
  const kept: string[] = [];
  try {
    for (const one of [...(file.picture === null ? [] : [file.picture.full, file.picture.thumbnail]), sealed])
      kept.push(await town.blobs.put(town.id, one));
    await keepRows(town, by, at, file, sealed);
  } catch (cause) {
    for (const one of kept) await town.blobs.remove(town.id, one);
    throw cause;
  }
}

async function keepRows(town: Town, by: Sender, at: Date, file: NewFile, sealed: Buffer): Promise<void> {
  const { sha256, mediaType, original, picture } = file;
  await town.db
    .insertInto("evidence.file")
    .values({
      town: town.id,
      sha256,
      media_type: mediaType,
      bytes: (picture?.full ?? original).length,
      width: picture?.width ?? null,
      height: picture?.height ?? null,
      thumbnail_sha256: picture === null ? null : hashOf(picture.thumbnail),
      look: picture?.look ?? null,
      added_at: at,
      added_by: "officer" in by ? by.officer : null,
    })
    .execute();
  const original_sha256 = hashOf(original);
  await town.db
    .insertInto("evidence.original")
    .values({
      town: town.id,
      sha256,
      original_sha256,
      sealed_sha256: hashOf(sealed),
      bytes: original.length,
      camera: sealCamera(town, sha256, file.camera),
    })
    .execute();
  const sender = "officer" in by ? ({ kind: "officer", id: by.officer } as const) : RESIDENT;
  await tellAdded(town, sender, at, { sha256, original: original_sha256 });
}

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
