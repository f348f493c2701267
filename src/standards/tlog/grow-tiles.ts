import { HASH_BYTES, subtreeRoot } from "./hash.ts";
import { FULL } from "./tile-path.ts";

/** A tile of hashes with the bytes it holds: up to 256 of 32 bytes. */
export type HashTile = { readonly level: number; readonly index: number; readonly hashes: Uint8Array };

/**
 * The tiles that become new or wider when these leaf hashes, one behind the other, follow the first `size`. `edge` holds the
 * unfinished tile of every level at that size, no wider than it; a full tile's root goes up one level, an unfinished one's never does.
 */
export function growTiles(edge: readonly HashTile[], size: number, leaves: Uint8Array): readonly HashTile[] {
  const changed: HashTile[] = [];
  let incoming = leaves;
  for (let level = 0, count = size; incoming.length > 0; level += 1, count = Math.floor(count / FULL)) {
    const hashes = Buffer.concat([begunTile(edge, level, count), incoming]);
    const first = Math.floor(count / FULL);
    const roots: Uint8Array[] = [];
    for (let at = 0; at * FULL * HASH_BYTES < hashes.length; at += 1) {
      const within = hashes.subarray(at * FULL * HASH_BYTES, (at + 1) * FULL * HASH_BYTES);
      changed.push({ level, index: first + at, hashes: within });
      if (within.length === FULL * HASH_BYTES) roots.push(subtreeRoot(within));
    }
    incoming = Buffer.concat(roots);
  }
  return changed;
}

function begunTile(edge: readonly HashTile[], level: number, count: number): Uint8Array {
  const width = count % FULL;
  if (width === 0) return new Uint8Array();
  const tile = edge.find((one) => one.level === level && one.index === Math.floor(count / FULL));
  if (tile === undefined || tile.hashes.length !== width * HASH_BYTES) {
    throw new Error(`couldn't grow the tree at ${count} hashes of level ${level}: its unfinished tile is missing or of another width`);
  }
  return tile.hashes;
}
