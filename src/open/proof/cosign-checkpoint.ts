import type { Notary } from "#platform/notary";
import { transact, type Town } from "#platform/town";
import { parseCheckpoint, type Checkpoint } from "#standards/tlog/checkpoint";
import { EMPTY_ROOT, isConsistent } from "#standards/tlog/hash";
import { parseNote } from "#standards/tlog/note";
import { isSignedBy } from "#standards/tlog/signer";
import { parseAddCheckpoint } from "#standards/tlog/witness-request";

/** How a request ended, by the cases of C2SP tlog-witness; `size` is that of the tree cosigned last. */
export type Cosigning =
  | { readonly kind: "cosigned"; readonly line: string }
  | { readonly kind: "malformed" | "unknown-log" | "not-signed" | "not-consistent" }
  | { readonly kind: "other-size"; readonly size: number };

/**
 * Watches another town's log: cosigns its checkpoint when it continues the one cosigned last. What was seen is kept before the
 * cosignature leaves, under the row's lock: of two requests at once, one sees what the other left.
 */
export async function cosignCheckpoint(town: Town, notary: Notary, at: Date, body: string): Promise<Cosigning> {
  const request = parseAddCheckpoint(body);
  const note = request === null ? null : parseNote(request.checkpoint);
  const checkpoint = note === null ? null : parseCheckpoint(note.text);
  const signer = await notary.witnessSigner(town.id);
  if (request === null || note === null || checkpoint === null || request.oldSize > checkpoint.size) return { kind: "malformed" };
  return transact(town, async (town) => {
    const watched = await lockWatched(town, checkpoint.origin);
    if (watched === null || signer === null) return { kind: "unknown-log" };
    if (!isSignedBy(request.checkpoint, watched.vkey)) return { kind: "not-signed" };
    if (request.oldSize !== watched.size) return { kind: "other-size", size: watched.size };
    if (!continues(watched, checkpoint, request.proof)) return { kind: "not-consistent" };
    await town.db
      .updateTable("proof.watched")
      .set({ size: checkpoint.size, root: checkpoint.size === 0 ? null : Buffer.from(checkpoint.root), seen_at: at })
      .where("town", "=", town.id)
      .where("origin", "=", checkpoint.origin)
      .execute();
    return { kind: "cosigned", line: signer.cosign(note.text, at) };
  });
}

type Watched = { readonly vkey: string; readonly size: number; readonly root: Buffer | null };

async function lockWatched(town: Town, origin: string): Promise<Watched | null> {
  const row = await town.db
    .selectFrom("proof.watched")
    .select(["vkey", "size", "root"])
    .where("town", "=", town.id)
    .where("origin", "=", origin)
    .where("ended_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

function continues({ size, root }: Watched, { size: newSize, root: newRoot }: Checkpoint, proof: readonly Uint8Array[]): boolean {
  if (newSize === 0) return Buffer.from(newRoot).equals(EMPTY_ROOT) && proof.length === 0;
  if (size === 0) return proof.length === 0;
  return root !== null && isConsistent(size, root, newSize, newRoot, proof);
}
