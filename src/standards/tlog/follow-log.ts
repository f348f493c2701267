import { parseCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { wrongLeafTile, type Flaw, type ReadPath } from "./check-log.ts";
import { consistencyProof, isConsistent, type HashAt } from "./hash.ts";
import { parseNote } from "./note.ts";
import { isSignedBy } from "./signer.ts";
import { hashFromTiles, tileOf } from "./tile.ts";
import { tilePath } from "./tile-path.ts";
import { consistencyPath, type Subtree } from "./tree.ts";

/** What a look at a log found: nothing new, a longer log that continues the one seen last, or that history changed. */
export type Look =
  | { readonly kind: "same" | "longer"; readonly note: string; readonly checkpoint: Checkpoint }
  | { readonly kind: "shorter" | "changed"; readonly note: string; readonly checkpoint: Checkpoint }
  | { readonly kind: "flaw"; readonly why: Flaw; readonly leaf: number | null };

/**
 * Looks at a log again: its checkpoint must continue the one seen last (`seen`, null the first time), and every entry since must
 * hash to the tiles that the proof was made of; a proof alone does not see an entry that was edited behind its hash.
 */
export async function followLog(read: ReadPath, vkeys: readonly string[], seen: Checkpoint | null): Promise<Look> {
  const bytes = await read("checkpoint");
  if (bytes === null) return { kind: "flaw", why: "no-checkpoint", leaf: null };
  const note = new TextDecoder().decode(bytes);
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? "");
  if (checkpoint === null) return { kind: "flaw", why: "malformed-checkpoint", leaf: null };
  if (!vkeys.some((vkey) => isSignedBy(note, vkey))) return { kind: "flaw", why: "not-signed", leaf: null };
  const from = seen?.size ?? 0;
  if (checkpoint.size < from) return { kind: "shorter", note, checkpoint };
  if (seen !== null && from > 0) {
    const hashAt = await readHashes(read, checkpoint.size, consistencyPath(from, checkpoint.size).flat());
    if (hashAt === null) return { kind: "flaw", why: "missing", leaf: null };
    const proof = consistencyProof(from, checkpoint.size, hashAt);
    if (!isConsistent(from, seen.root, checkpoint.size, checkpoint.root, proof)) return { kind: "changed", note, checkpoint };
  }
  if (checkpoint.size === from) return { kind: "same", note, checkpoint };
  const wrong = await wrongLeafTile(read, from, checkpoint.size);
  return wrong === null ? { kind: "longer", note, checkpoint } : { kind: "flaw", why: wrong.why, leaf: wrong.leaf };
}

/** Reads the tiles, as wide as they are at this size, that hold these subtrees; null when one is missing. */
async function readHashes(read: ReadPath, size: number, subtrees: readonly Subtree[]): Promise<HashAt | null> {
  const kept = new Map<string, Uint8Array>();
  for (const { level, index } of subtrees.map(tileOf)) {
    if (kept.has(`${level}/${index}`)) continue;
    const hashes = Math.floor(size / 256 ** level);
    const bytes = await read(tilePath({ level, index, width: Math.min(256, hashes - index * 256) }));
    if (bytes === null) return null;
    kept.set(`${level}/${index}`, bytes);
  }
  return hashFromTiles((level, index) => kept.get(`${level}/${index}`) ?? null);
}
