import { createHmac, timingSafeEqual } from "node:crypto";

/** Time-based one-time passwords: RFC 6238 on RFC 4226, SHA-1, 30 seconds, six digits, as every authenticator app has them. */
const STEP_MS = 30_000;
const DIGITS = 6;

/** RFC 4226 §5.3: the code of a counter. */
export function hotp(secret: Uint8Array, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac("sha1", secret).update(message).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** RFC 6238 §4.2: the time step an instant lies in. */
export function stepOf(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS);
}

/**
 * The step whose code was typed, or null. One step either side is let through for clocks that differ (RFC 6238 §5.2);
 * steps up to `after` were used before and are no good again.
 */
export function matchingStep(secret: Uint8Array, code: string, at: Date, after: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const typed = Buffer.from(code);
  const now = stepOf(at);
  const steps = [now - 1, now, now + 1].filter((step) => step > after);
  return steps.find((step) => timingSafeEqual(Buffer.from(hotp(secret, step)), typed)) ?? null;
}

/** What an authenticator app reads from a QR code or a typed key. */
export function otpauthAddress(issuer: string, account: string, secret: Uint8Array): string {
  const query = new URLSearchParams({ secret: base32(secret), issuer });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query.toString().replaceAll("+", "%20")}`;
}

/** RFC 4648 §6, without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const fives = bits.match(/.{1,5}/g) ?? [];
  return fives.map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(Number.parseInt(five.padEnd(5, "0"), 2))).join("");
}
