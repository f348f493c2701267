import { z } from "zod";
import { seal, unseal } from "#platform/seal";
import type { Town } from "#platform/town";

/** One purpose each: a token made for one is refused by the others, and so is one of another town. */
export type TokenPurpose = "receipt" | "draft" | "story" | "provider";

const Sealed = z.object({ until: z.number(), says: z.string() });

/** Words that may pass through the outside: only this town's server can make, read or trust them, until their time is over. */
export function sealToken(town: Town, purpose: TokenPurpose, until: Date, says: string): string {
  return seal(town.keys.for("cookie"), JSON.stringify({ until: until.getTime(), says }), boundTo(town, purpose)).toString("base64url");
}

/** The words again; null when the token is forged, moved from elsewhere or expired. */
export function unsealToken(town: Town, purpose: TokenPurpose, at: Date, token: string): string | null {
  if (!/^[A-Za-z0-9_-]{40,1200}$/.test(token)) return null;
  const text = unseal(town.keys.for("cookie"), Buffer.from(token, "base64url"), boundTo(town, purpose));
  if (text === null) return null;
  const { until, says } = Sealed.parse(JSON.parse(text));
  return at.getTime() < until ? says : null;
}

function boundTo(town: Town, purpose: TokenPurpose): string {
  return `${purpose} token of ${town.id}`;
}
