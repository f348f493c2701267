import { DASH, judgeable } from "#platform/characters";
import { hmac } from "#platform/hmac";
import type { Keys } from "#platform/town";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford base32: no I, L, O, U
const LENGTH = 10;
const SHAPE = /^[0-9A-HJKMNP-TV-Z]{10}$/;
const HALF = 5;

/** What was handed out when the report, the objection or the "me too" came; each time that a lost one is reissued counts one more. */
export const FIRST_ISSUE = 0;

/**
 * The receipt code of a report or slip, 10 characters: made again from its id whenever it must be shown again, so that a form sent twice
 * shows the same receipt while the database keeps only `receiptHash` of it. Of the same id each issue is another code. 50 bits,
 * guessable by nobody who asks a rate-limited door.
 */
export function receiptCode(keys: Keys, id: string, issue = FIRST_ISSUE): string {
  const digest = hmac(keys.for("receipt"), issue === FIRST_ISSUE ? `code/${id}` : `code/${id}/${issue}`);
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

const LONGEST_TYPED = 500;
const BETWEEN = `[\\s${DASH}_.·]`;
const SEPARATORS = new RegExp(BETWEEN, "gu");
/** Five and five, or ten in one piece, standing by themselves in a sentence. */
const IN_SENTENCE = new RegExp(`(?<![0-9A-Z])([0-9A-Z]{5})${BETWEEN}{0,3}([0-9A-Z]{5})(?![0-9A-Z])`, "gu");
/** `回执号 7Q4K M2XD 9H`: what stands behind its name may be spaced in any way. */
const NAMED = /(?:号码?|码|CODE|:)([^:号码]*)$/u;

/**
 * The code in what a person typed, copied or read out, or null: lower case, full width, spaces and dashes, invisible characters, O for 0
 * and I or L for 1 are understood (Crockford base32), and so is a sentence in which one code stands.
 */
export function parseReceiptCode(typed: string): string | null {
  if (typed.length > LONGEST_TYPED) return null;
  const text = judgeable(typed).toUpperCase();
  const whole = codeOf(text);
  if (whole !== null) return whole;
  const named = codeOf((NAMED.exec(text)?.[1] ?? "").replaceAll(/^\P{ASCII}+|\P{ASCII}+$/gu, ""));
  if (named !== null) return named;
  const codes = new Set([...text.matchAll(IN_SENTENCE)].map(([, first = "", second = ""]) => codeOf(first + second)));
  codes.delete(null);
  return codes.size === 1 ? ([...codes][0] ?? null) : null;
}

function codeOf(text: string): string | null {
  const code = text.replaceAll(SEPARATORS, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return SHAPE.test(code) ? code : null;
}
