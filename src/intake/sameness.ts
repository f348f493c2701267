import { hmac } from "#platform/hmac";
import type { Keys } from "#platform/town";

/** Re-sending within this time of the first, before or after, is the same sending. */
export const SAME_SENDING = "10 minutes";

type Sent = { readonly title: string; readonly details: string; readonly place: string; readonly phone: string; readonly device: string };

/**
 * The marks by which the same report sent again is known: its text, freed of case, width, space and punctuation, keyed
 * with the contact, and again with the device. Contact first: two sendings at once claim their marks in one order, so
 * neither waits for the other in a circle. Without contact and device nothing can be known to be the same: no marks.
 */
export function samenessOf(keys: Keys, sent: Sent): readonly Buffer[] {
  if (sent.phone === "" && sent.device === "") return [];
  const text = [sent.title, sent.details, sent.place].map(bare).join("\n");
  const mark = (kind: string, who: string) => hmac(keys.for("device"), JSON.stringify(["sameness", kind, who, text]));
  return [...(sent.phone === "" ? [] : [mark("phone", sent.phone)]), ...(sent.device === "" ? [] : [mark("device", sent.device)])];
}

function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s\p{Punctuation}]/gu, "");
}
