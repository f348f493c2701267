import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { preparedKey } from "./prepared-key.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM: nonce, tag, ciphertext in one buffer. `bound` ties the seal to its place, so a sealed value cannot be moved to another
 * row.
 */
export function seal(key: Buffer, content: string | Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", preparedKey(key), nonce).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(typeof content === "string" ? Buffer.from(content, "utf8") : content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** The bytes again, or null when they were changed, moved or sealed under another key. */
export function unsealBytes(key: Buffer, sealed: Uint8Array, bound: string): Buffer | null {
  const bytes = Buffer.from(sealed);
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", preparedKey(key), bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(bound));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return null; // authentication failed: the only thing final() throws for here
  }
}

/** The same as text. */
export function unseal(key: Buffer, sealed: Uint8Array, bound: string): string | null {
  return unsealBytes(key, sealed, bound)?.toString("utf8") ?? null;
}
