import { hmac } from "#platform/hmac";
import type { Keys } from "#platform/town";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford base32: no I, L, O, U
const LENGTH = 10;
const SHAPE = /^[0-9A-HJKMNP-TV-Z]{10}$/;
const HALF = 5;

/**
 * The receipt code of a report, 10 characters: made again from the report's id whenever it must be shown again, so that
 * a form sent twice shows the same receipt while the database keeps only `receiptHash` of it. 50 bits, guessable by nobody
 * who asks a rate-limited door.
 */
export function receiptCode(keys: Keys, report: string): string {
  const digest = hmac(keys.for("receipt"), `code/${report}`);
  let bits = digest.readBigUInt64BE(0) >> 14n;
  let code = "";
  for (let i = 0; i < LENGTH; i++) {
    code = (ALPHABET[Number(bits & 31n)] ?? "") + code;
    bits >>= 5n;
  }
  return code;
}

/** What the database knows of a code: enough to recognise it, not to say it. */
export function receiptHash(keys: Keys, code: string): Buffer {
  return hmac(keys.for("receipt"), `hash/${code}`);
}

/** `7Q4KM-2XD9H` */
export function showReceiptCode(code: string): string {
  return `${code.slice(0, HALF)}-${code.slice(HALF)}`;
}

/**
 * The code in what a person typed or read out, or null: lower case, full width, spaces and dashes, O for 0 and I or L for 1
 * are understood (Crockford base32).
 */
export function parseReceiptCode(typed: string): string | null {
  if (typed.length > 60) return null;
  const code = typed
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[\s\p{Dash_Punctuation}]/gu, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return SHAPE.test(code) ? code : null;
}
