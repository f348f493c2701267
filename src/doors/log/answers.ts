import type { Context } from "hono";
import type { Town } from "#platform/town";
import { findLeaf, readProvenPage } from "#proof/opened-leaves";
import { consistencyProofOf } from "#log/queries";
import { newestCheckpoint } from "#proof/queries";

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** `{leaf, entry, opening}`: the leaf's text and what of its words lies open: text and salt, or why they are gone. */
export async function answerOpening(town: Town, context: Context, asked: { readonly leaf: number }): Promise<Response> {
  const leaf = await findLeaf(town, asked.leaf);
  return leaf === null ? notFound(context) : context.json(leaf);
}

/**
 * `NUMBER.json`: the leaves of one problem with their proofs under the newest checkpoint, a page of them; `next` is the address of
 * those behind (`?after=LEAF`), null on the last page. Events without a place yet are on none.
 */
export async function answerProblem(town: Town, context: Context, { file }: { readonly file: string }): Promise<Response> {
  const [, number] = /^([A-Z]{2,6}-\d{4}-\d{4,9})\.json$/.exec(file) ?? [];
  const checkpoint = await newestCheckpoint(town);
  if (number === undefined || checkpoint === null) return notFound(context);
  const asked = context.req.query("after");
  const after = asked === undefined ? null : numberIn(asked);
  if (asked !== undefined && after === null) return context.text("want ?after=LEAF, the number of a leaf\n", 400);
  const page = await readProvenPage(town, number, checkpoint.size, after);
  if (page.leaves.length === 0) return notFound(context);
  const leaves = page.leaves.map(({ leaf, entry, proof, opening }) => ({
    leaf,
    entry: base64(Buffer.from(entry, "utf8")),
    proof: proof.map(base64),
    opening,
  }));
  const next = page.next === null ? null : `/log/problem/${number}.json?after=${page.next}`;
  if (next !== null) context.header("link", `<${next}>; rel="next"`);
  return context.json({ leaves, checkpoint: checkpoint.note, next });
}

/** `OLD-NEW.json`: the hashes that show the first OLD leaves to be a beginning of the first NEW. */
export async function answerConsistency(town: Town, context: Context, { file }: { readonly file: string }): Promise<Response> {
  const [, first, second] = /^(\d{1,15})-(\d{1,15})\.json$/.exec(file) ?? [];
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
