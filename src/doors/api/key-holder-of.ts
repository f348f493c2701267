import type { Context } from "hono";
import { TooMuch } from "#doors/too-much";
import { findKeyHolder, type KeyHolder } from "#people/key-holder";
import type { Town } from "#platform/town";
import type { ApiHouse } from "./house.ts";
import { problemDocument } from "./problem-document.ts";

const BEARER = /^Bearer +(\S+) *$/i; // RFC 6750 §2.1

/**
 * The device or program whose key a request shows; null when it shows none; the answer when the key is not good, or may not send reports.
 * Each key has bounds of its own beside those of its address. A key stands in a header alone, which is never logged.
 */
export async function keyHolderOf(house: ApiHouse, town: Town, context: Context, at: Date): Promise<KeyHolder | null | Response> {
  const shown = context.req.header("authorization");
  if (shown === undefined) return null;
  const holder = await findKeyHolder(town, BEARER.exec(shown)?.[1] ?? "", at);
  if (holder === null) {
    context.header("www-authenticate", 'Bearer realm="sanwen", error="invalid_token"');
    return problemDocument(context, 401, "key-unknown");
  }
  if (!holder.capabilities.has("send-reports")) return problemDocument(context, 403, "key-may-not");
  const waitMs = await house.limits.whyNotTry("key", { town: town.id, address: holder.actor.id });
  if (waitMs !== null) throw new TooMuch("tries", waitMs);
  return holder;
}
