import { createHash } from "node:crypto";
import type { MarkedText } from "#publication/marked-words";

/** What was looked at is what is covered: of other marks, or of texts that changed meanwhile, the preview is shown again first. */
export function sealOf(marked: readonly MarkedText[]): string {
  return createHash("sha256")
    .update(JSON.stringify(marked.map(({ key, left }) => [key, left])))
    .digest("hex")
    .slice(0, 16);
}
