import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "hono";
import type { Town } from "#platform/town";
import { isId } from "#platform/ids";
import { findLeaf, inclusionProofOf, leafOfClosing, leafOfReport, newestCheckpoint, newestCosigned } from "#proof/queries";
import { formatProof } from "#standards/tlog/tlog-proof";
import { numberIn } from "./answers.ts";

/** An act gets its place within a second: whoever asks at once is made to wait that long rather than sent away. */
const LONGEST_WAIT_MS = 2000;
const LOOK_MS = 100;

/**
 * A receipt to keep: C2SP tlog-proof with the leaf itself in `extra`, so that the file can be checked with nothing else. Of a
 * report's arrival by its handle, of a problem's closing by its number, or of any leaf.
 */
export async function answerReceipt(town: Town, context: Context): Promise<Response> {
  const [, name] = /^([0-9A-Za-z-]{1,40})\.tlog-proof$/.exec(context.req.param("file") ?? "") ?? [];
  const find = name === undefined ? null : finderOf(town, context.req.param("kind") ?? "", name);
  if (find === null || name === undefined) return context.text("not found\n", 404);
  const text = await soon(async () => receiptOf(town, await find()));
  if (text === null) return context.text("not in the log, or not yet: try again in a second\n", 404, { "retry-after": "1" });
  return context.body(text, 200, {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": `attachment; filename="${name}.tlog-proof"`,
  });
}

function finderOf(town: Town, kind: string, name: string): (() => Promise<number | null>) | null {
  switch (kind) {
    case "report":
      return isId(name) ? () => leafOfReport(town, name) : null;
    case "problem":
      return () => leafOfClosing(town, name);
    case "leaf":
      return () => Promise.resolve(numberIn(name));
    default:
      return null;
  }
}

/** Under the newest checkpoint a witness cosigned when it covers the leaf, else under the newest. */
async function receiptOf(town: Town, leaf: number | null): Promise<string | null> {
  const found = leaf === null ? null : await findLeaf(town, leaf);
  const cosigned = await newestCosigned(town);
  const checkpoint = found !== null && cosigned !== null && cosigned.size > found.leaf ? cosigned : await newestCheckpoint(town);
  if (found === null || checkpoint === null || checkpoint.size <= found.leaf) return null;
  return formatProof({
    extra: Buffer.from(found.entry, "utf8"),
    index: found.leaf,
    proof: await inclusionProofOf(town, found.leaf, checkpoint.size),
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
