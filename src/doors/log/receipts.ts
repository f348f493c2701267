import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "hono";
import type { Town } from "#platform/town";
import { isId } from "#platform/ids";
import { eventAt, inclusionProofOf, leafOfEvent } from "#log/queries";
import { arrivalOf, closingOf, newestCheckpoint, newestCosigned } from "#proof/queries";
import { formatProof } from "#standards/tlog/tlog-proof";
import { numberIn } from "./answers.ts";

/**
 * An act gets its place within a second: whoever asks at once is made to wait that long rather than sent away. Nobody waits for what
 * never happened: an address that anybody can make up holds no request.
 */
const LONGEST_WAIT_MS = 2000;
const LOOK_MS = 100;

/**
 * A receipt to keep: C2SP tlog-proof with the leaf itself in `extra`, so that the file can be checked with nothing else. Of a
 * report's arrival by its id, of a problem's closing by its number, or of any leaf.
 */
export async function answerReceipt(
  town: Town,
  context: Context,
  asked: { readonly kind: string; readonly file: string },
): Promise<Response> {
  const [, name] = /^([0-9A-Za-z-]{1,40})\.tlog-proof$/.exec(asked.file) ?? [];
  const event = name === undefined ? null : await eventOf(town, asked.kind, name);
  if (event === null || name === undefined) return context.text("not found\n", 404);
  const text = await soon(() => receiptOf(town, event));
  if (text === null) return context.text("not in the log yet: try again in a second\n", 404, { "retry-after": "1" });
  return context.body(text, 200, {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": `attachment; filename="${name}.tlog-proof"`,
  });
}

async function eventOf(town: Town, kind: string, name: string): Promise<string | null> {
  switch (kind) {
    case "report":
      return isId(name) ? arrivalOf(town, name) : null;
    case "problem":
      return closingOf(town, name);
    case "leaf": {
      const leaf = numberIn(name);
      return leaf === null ? null : eventAt(town, leaf);
    }
    default:
      return null;
  }
}

/** Under the newest checkpoint a witness cosigned when it covers the leaf, else under the newest. */
async function receiptOf(town: Town, event: string): Promise<string | null> {
  const placed = await leafOfEvent(town, event);
  if (placed === null) return null;
  const cosigned = await newestCosigned(town);
  const checkpoint = cosigned !== null && cosigned.size > placed.leaf ? cosigned : await newestCheckpoint(town);
  if (checkpoint === null || checkpoint.size <= placed.leaf) return null;
  return formatProof({
    extra: Buffer.from(placed.entry, "utf8"),
    index: placed.leaf,
    proof: await inclusionProofOf(town, placed.leaf, checkpoint.size),
    checkpoint: checkpoint.note,
  });
}

async function soon<T>(find: () => Promise<T | null>): Promise<T | null> {
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const found = await find();
    if (found !== null || waitedMs >= LONGEST_WAIT_MS) return found;
    await wait(LOOK_MS);
  }
}
