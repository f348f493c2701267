import { randomBytes, timingSafeEqual } from "node:crypto";
import { hmac } from "#platform/hmac";
import { DAY_MS } from "#platform/instant";
import type { Town } from "#platform/town";

export const KNOWN_DAYS = 180;

/**
 * What a browser keeps after an officer signed in there: a random value, the instant, and our signature over both, bound to the officer.
 * It opens nothing; failures on such a device are only counted apart, so that a stranger's never keep the officer out on their own.
 */
export function vouchFor(town: Town, officer: string, at: Date): string {
  const claim = `${randomBytes(16).toString("base64url")}.${at.getTime().toString(36)}`;
  return `${claim}.${signed(town, officer, claim)}`;
}

/** The device's random value, when one of the vouchers is ours, for this officer, not too old and given since the password was set. */
export function knownDevice(
  town: Town,
  officer: string,
  what: { readonly vouchers: readonly string[]; readonly since: Date; readonly at: Date },
): string | null {
  const voucher = what.vouchers.find((one) => isVoucher(town, officer, one));
  if (voucher === undefined) return null;
  const [device = "", issued = ""] = voucher.split(".");
  const issuedMs = Number.parseInt(issued, 36);
  const isFresh = issuedMs >= what.since.getTime() && what.at.getTime() - issuedMs <= KNOWN_DAYS * DAY_MS;
  return isFresh ? device : null;
}

/** Whether it was given to this officer, however long ago. */
export function isVoucher(town: Town, officer: string, voucher: string): boolean {
  const [device = "", issued = "", signature = ""] = voucher.split(".");
  const right = Buffer.from(signed(town, officer, `${device}.${issued}`));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}

function signed(town: Town, officer: string, claim: string): string {
  return hmac(town.keys.for("sign-in"), `${town.id}/${officer}/known-device/${claim}`).toString("base64url");
}
