import { z } from "zod";
import { MOST_PHOTOS } from "./bounds.ts";

/** A file by the SHA-256 of its bytes, as a form or an address carries it. */
export const fileHash = z.string({ error: "choice/unknown" }).regex(/^[0-9a-f]{64}$/, { error: "choice/unknown" });

/** Photos already kept, as a form lists them. */
export const photoHashes = z.array(fileHash, { error: "choice/unknown" }).max(MOST_PHOTOS, { error: "photo/too-many" }).default([]);

/** A file is known by its hash, a subject by a UUID: the hash's first 122 free bits, as a UUIDv8 (RFC 9562 §5.8). */
export function subjectOf(sha256: string): string {
  const hex = sha256.slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
