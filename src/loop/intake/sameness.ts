import { hmac } from "#platform/hmac";
import type { Keys } from "#platform/town";
import type { Identity } from "#vault/identity";

/** Re-sending within this time of the first, before or after, is the same sending. */
export const SAME_SENDING = "10 minutes";

/** Everything a reporter says, and the device they say it from. */
type Said = Identity & {
  readonly title: string;
  readonly details: string;
  readonly category: string | null;
  readonly village: string | null;
  readonly place: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly photos: readonly string[];
  readonly device: string;
};

/**
 * The mark by which a report sent again is known: everything that was said, to the letter, keyed with the device. Whoever says
 * anything else, another place or another contact, says something new. A contact proves nothing about who sends, and without a
 * device nothing can be known to be the same: no mark.
 */
export function samenessOf(keys: Keys, said: Said): Buffer | null {
  if (said.device === "") return null;
  const { title, details, category, village, place, lon, lat, photos, name, phone, email, wechat, address, device } = said;
  const all = [title, details, category, village, place, lon, lat, photos, name, phone, email, wechat, address];
  return hmac(keys.for("device"), JSON.stringify(["sameness", device, ...all]));
}
