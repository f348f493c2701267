import type { Context } from "hono";
import type { Town } from "#platform/town";
import { consistencyProofOf, findLeaf, inclusionProofOf, leavesOfProblem, newestCheckpoint } from "#proof/queries";

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** `{leaf, entry, opening}`: the leaf's text and what of its words lies open: text and salt, or why they are gone. */
export async function answerOpening(town: Town, context: Context): Promise<Response> {
  const number = numberIn(context.req.param("number") ?? "");
  const leaf = number === null ? null : await findLeaf(town, number);
  return leaf === null ? notFound(context) : context.json(leaf);
}

/** Every leaf of one problem with its proof under the newest checkpoint; those without a place yet are not in it. */
export async function answerProblem(town: Town, context: Context): Promise<Response> {
  const [, number] = /^([A-Z]{2,6}-\d{4}-\d{4,9})\.json$/.exec(context.req.param("file") ?? "") ?? [];
  const checkpoint = await newestCheckpoint(town);
  if (number === undefined || checkpoint === null) return notFound(context);
  const leaves = (await leavesOfProblem(town, number)).filter(({ leaf }) => leaf < checkpoint.size);
  if (leaves.length === 0) return notFound(context);
  const proven = await Promise.all(
    leaves.map(async ({ leaf, entry, opening }) => ({
      leaf,
      entry: base64(Buffer.from(entry, "utf8")),
      proof: (await inclusionProofOf(town, leaf, checkpoint.size)).map(base64),
      opening,
    })),
  );
  return context.json({ leaves: proven, checkpoint: checkpoint.note });
}

/** `OLD-NEW.json`: the hashes that show the first OLD leaves to be a beginning of the first NEW. */
export async function answerConsistency(town: Town, context: Context): Promise<Response> {
  const [, first, second] = /^(\d{1,15})-(\d{1,15})\.json$/.exec(context.req.param("file") ?? "") ?? [];
  const [earlier, size] = [numberIn(first ?? ""), numberIn(second ?? "")];
  const checkpoint = await newestCheckpoint(town);
  if (earlier === null || size === null || checkpoint === null) return notFound(context);
  if (earlier === 0 || earlier > size || size > checkpoint.size) return context.text("want 0 < OLD ≤ NEW ≤ the size of the log\n", 400);
  return context.json({ proof: (await consistencyProofOf(town, earlier, size)).map(base64) });
}

/** Digits as they are written, without leading zeros; null for anything else. */
export function numberIn(text: string): number | null {
  return /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null;
}

function notFound(context: Context): Response {
  return context.text("not found\n", 404);
}
