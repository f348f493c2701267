import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { CannotStart } from "./cannot-start.ts";
import { hmac } from "./hmac.ts";
import { seal, unsealBytes } from "./seal.ts";
import type { KeyPurpose, Keys } from "./town.ts";

const AES = 1;
const SM4 = 2;
const BLOCK_BYTES = 16;
const SM3_BYTES = 32;

/**
 * Seals personal information with the algorithms the deployment asks for. The first byte names them, so that what was sealed
 * before the setting changed opens as before. `bound` ties it to its place.
 */
export function sealFor(keys: Keys, purpose: KeyPurpose, content: string | Uint8Array, bound: string): Buffer {
  const key = keys.for(purpose);
  if (keys.algorithms === "international") return Buffer.concat([Buffer.of(AES), seal(key, content, bound)]);
  return Buffer.concat([Buffer.of(SM4), sealNationally(key, content, bound)]);
}

/** The text again, or null when the bytes were changed, moved or sealed under another key. */
export function openSealed(keys: Keys, purpose: KeyPurpose, sealed: Uint8Array, bound: string): string | null {
  return openSealedBytes(keys, purpose, sealed, bound)?.toString("utf8") ?? null;
}

/** The same as bytes. */
export function openSealedBytes(keys: Keys, purpose: KeyPurpose, sealed: Uint8Array, bound: string): Buffer | null {
  const [algorithms] = sealed;
  const rest = sealed.subarray(1);
  if (algorithms === AES) return unsealBytes(keys.for(purpose), rest, bound);
  return algorithms === SM4 ? unsealNationally(keys.for(purpose), rest, bound) : null;
}

/** Keyed hash of a text: HMAC-SHA-256, or HMAC-SM3. The first byte names which. */
export function markOf(keys: Keys, purpose: KeyPurpose, text: string): Buffer {
  return keys.algorithms === "international" ? internationalMark(keys, purpose, text) : nationalMark(keys, purpose, text);
}

/** The same text's marks under every algorithm there was: what is searched for. */
export function marksOf(keys: Keys, purpose: KeyPurpose, text: string): readonly Buffer[] {
  return [internationalMark(keys, purpose, text), nationalMark(keys, purpose, text)];
}

function internationalMark(keys: Keys, purpose: KeyPurpose, text: string): Buffer {
  return Buffer.concat([Buffer.of(AES), hmac(keys.for(purpose), text)]);
}

function nationalMark(keys: Keys, purpose: KeyPurpose, text: string): Buffer {
  return Buffer.concat([Buffer.of(SM4), createHmac("sm3", keys.for(purpose)).update(text).digest()]);
}

/** Encrypt, then authenticate, under two keys of the one: IV, ciphertext, HMAC-SM3 over place, IV and ciphertext. */
function sealNationally(key: Buffer, content: string | Uint8Array, bound: string): Buffer {
  const iv = randomBytes(BLOCK_BYTES);
  const cipher = createCipheriv("sm4-cbc", encryptionKey(key), iv);
  const sealed = Buffer.concat([iv, cipher.update(typeof content === "string" ? Buffer.from(content, "utf8") : content), cipher.final()]);
  return Buffer.concat([sealed, tagOf(key, sealed, bound)]);
}

function unsealNationally(key: Buffer, sealed: Uint8Array, bound: string): Buffer | null {
  const bytes = Buffer.from(sealed);
  if (bytes.length < BLOCK_BYTES * 2 + SM3_BYTES) return null;
  const [body, tag] = [bytes.subarray(0, -SM3_BYTES), bytes.subarray(-SM3_BYTES)];
  if (!timingSafeEqual(tag, tagOf(key, body, bound))) return null;
  const decipher = createDecipheriv("sm4-cbc", encryptionKey(key), body.subarray(0, BLOCK_BYTES));
  return Buffer.concat([decipher.update(body.subarray(BLOCK_BYTES)), decipher.final()]);
}

function encryptionKey(key: Buffer): Buffer {
  return createHmac("sm3", key).update("encrypt").digest().subarray(0, BLOCK_BYTES);
}

function tagOf(key: Buffer, sealed: Uint8Array, bound: string): Buffer {
  const place = Buffer.from(bound);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(place.length);
  return createHmac("sm3", createHmac("sm3", key).update("authenticate").digest()).update(length).update(place).update(sealed).digest();
}

/**
 * What this runtime's algorithms answer, compared with their standards: some builds lack them. SM4: GB/T 32907-2016 annex A.1;
 * SM3: GB/T 32905-2016 annex A.1; AES-256-GCM: the GCM specification, test case 14.
 */
export function testSealing(): void {
  if (answersRight()) return;
  throw new CannotStart(
    "本机的 Node.js 缺少 AES-256-GCM、SM4 或 SM3，或结果与标准不符，无法保护个人信息。请用随本程序安装的 Node.js。",
    "This Node.js lacks AES-256-GCM, SM4 or SM3, or they do not answer as their standards say: " +
      "personal information could not be protected. Use the Node.js that comes with this program.",
  );
}

function answersRight(): boolean {
  const sample = "0123456789abcdeffedcba9876543210";
  try {
    const sm4 = createCipheriv("sm4-cbc", Buffer.from(sample, "hex"), Buffer.alloc(BLOCK_BYTES)).setAutoPadding(false);
    const aes = createCipheriv("aes-256-gcm", Buffer.alloc(32), Buffer.alloc(12));
    const encrypted = aes.update(Buffer.alloc(16), undefined, "hex") + aes.final("hex") + aes.getAuthTag().toString("hex");
    return (
      sm4.update(sample, "hex", "hex") + sm4.final("hex") === "681edf34d206965e86b3e94f536e4246" &&
      createHash("sm3").update("abc").digest("hex") === "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" &&
      encrypted === "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    );
  } catch {
    return false; // no such algorithm here
  }
}
