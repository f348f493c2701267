import { Refusal, type RefusalCode } from "#refusals";
import { documentKindOf } from "./document.ts";
import type { Picture } from "./picture.ts";
import { firstPageOf, pictureOf } from "./read-picture.ts";

/** What the decoder's process answers to the bytes of a photo or a document. `spent`: it holds memory that only its end gives back. */
export type Answer =
  | { readonly picture: Picture; readonly spent: boolean }
  | { readonly refusal: RefusalCode; readonly spent: boolean }
  | { readonly fault: string };

const SPENT_BYTES = 256 * 1024 * 1024;

/*
 * The decoder's own process (decoder.ts): strangers' bytes are read here and nowhere else. It has no environment, no connection and no key;
 * when it crashes or is ended, the program has lost one photo that it refuses.
 */
process.on("message", (bytes) => void answer(bytes));
process.on("disconnect", () => process.exit(0));

async function answer(bytes: unknown): Promise<void> {
  if (!(bytes instanceof Uint8Array)) return;
  process.send?.(await outcomeOf(bytes));
}

async function outcomeOf(bytes: Uint8Array): Promise<Answer> {
  try {
    const picture = documentKindOf(bytes) === "pdf" ? await firstPageOf(bytes) : await pictureOf(bytes);
    return { picture, spent: isSpent() };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.code, spent: isSpent() };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function isSpent(): boolean {
  return process.memoryUsage.rss() > SPENT_BYTES;
}
