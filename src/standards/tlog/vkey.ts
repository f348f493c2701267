import { fromBase64, toBase64 } from "./base64.ts";
import { isKeyName } from "./note.ts";

/** What signs: a log's note (0x01) or a witness's cosignature (0x04), both Ed25519 (C2SP signed-note, tlog-cosignature). */
export const LOG_KEY = 0x01;
export const WITNESS_KEY = 0x04;

export type Vkey = {
  readonly name: string;
  /** Eight hexadecimal digits; whether they are the key's own is the verifier's to check. */
  readonly keyId: string;
  readonly type: number;
  readonly publicKey: Uint8Array<ArrayBuffer>;
};

/** `name+hex(keyId)+base64(type ‖ public key)`; null for anything else, or a key that is not Ed25519. */
export function parseVkey(text: string): Vkey | null {
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  const type = bytes?.[0];
  if (name === undefined || keyId === undefined || bytes === null || !isKeyName(name) || bytes.length !== 33) return null;
  return type === LOG_KEY || type === WITNESS_KEY ? { name, keyId, type, publicKey: bytes.slice(1) } : null;
}

export function formatVkey({ name, keyId, type, publicKey }: Vkey): string {
  return `${name}+${keyId}+${toBase64(Uint8Array.of(type, ...publicKey))}`;
}

/** What a key id is the first four bytes of the SHA-256 of. */
export function keyIdPreimage(name: string, type: number, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${name}\n`);
  return Uint8Array.of(...head, type, ...publicKey);
}
