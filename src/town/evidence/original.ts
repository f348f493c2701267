import { z } from "zod";
import { openSealed, openSealedBytes, sealFor } from "#platform/sealing";
import type { Town } from "#platform/town";
import type { Camera } from "./exif.ts";

/** Originals show faces, places and what a camera wrote about its owner: kept whole, and sealed. */
export function sealOriginal(town: Town, sha256: string, bytes: Uint8Array): Buffer {
  return sealFor(town.keys, "original", bytes, `original/${town.id}/${sha256}`);
}

/** Null when the bytes were changed, or sealed under another key. */
export function openOriginal(town: Town, sha256: string, sealed: Uint8Array): Buffer | null {
  return openSealedBytes(town.keys, "original", sealed, `original/${town.id}/${sha256}`);
}

const Kept = z.object({
  takenAt: z.string().nullable(),
  position: z.object({ lon: z.number(), lat: z.number() }).nullable(),
});

/** Null when the camera wrote down nothing. */
export function sealCamera(town: Town, sha256: string, { takenAt, position }: Camera): Buffer | null {
  if (takenAt === null && position === null) return null;
  const text = JSON.stringify({ takenAt: takenAt?.toISOString() ?? null, position });
  return sealFor(town.keys, "original", text, `camera/${town.id}/${sha256}`);
}

export function openCamera(town: Town, sha256: string, sealed: Uint8Array): Camera {
  const text = openSealed(town.keys, "original", sealed, `camera/${town.id}/${sha256}`);
  if (text === null) throw new Error(`couldn't open the camera's notes of file ${sha256}: sealed under another key, or changed`);
  const { takenAt, position } = Kept.parse(JSON.parse(text));
  return { takenAt: takenAt === null ? null : new Date(takenAt), position };
}
