import { nodeHash } from "./hash.ts";

/** A tile of hashes with the bytes it holds: up to 256 of 32 bytes. */
export type HashTile = { readonly level: number; readonly index: number; readonly hashes: Uint8Array };

const HASH_BYTES = 32;
const FULL = 256;

/**
 * The tiles that become new or wider when these leaf hashes follow the first `size`. `edge` holds the unfinished tile of every
 * level at that size, no wider than it; a full tile's root goes up one level, an unfinished one's never does.
 */
export function growTiles(edge: readonly HashTile[], size: number, leaves: readonly Uint8Array[]): readonly HashTile[] {
  const changed: HashTile[] = [];
  let incoming = leaves;
  for (let level = 0, count = size; incoming.length > 0; level += 1, count = Math.floor(count / FULL)) {
    const begun = begunTile(edge, level, count);
    const hashes = [...begun, ...incoming];
    const first = Math.floor(count / FULL);
    const roots: Uint8Array[] = [];
    for (let at = 0; at < hashes.length; at += FULL) {
      const within = hashes.slice(at, at + FULL);
      changed.push({ level, index: first + at / FULL, hashes: Buffer.concat(within) });
      if (within.length === FULL) roots.push(subtreeRoot(within));
    }
    incoming = roots;
  }
  return changed;
}

/** The root over a power of two of hashes. */
export function subtreeRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes;
  while (row.length > 1) row = pairs(row);
  const [root] = row;
  if (root === undefined) throw new Error("couldn't take the root of no hashes");
  return root;
}

function pairs(row: readonly Uint8Array[]): readonly Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let at = 0; at + 1 < row.length; at += 2) {
    const [left, right] = [row[at], row[at + 1]];
    if (left !== undefined && right !== undefined) above.push(nodeHash(left, right));
  }
  return above;
}

function begunTile(edge: readonly HashTile[], level: number, count: number): readonly Uint8Array[] {
  const width = count % FULL;
  if (width === 0) return [];
  const tile = edge.find((one) => one.level === level && one.index === Math.floor(count / FULL));
  if (tile === undefined || tile.hashes.length !== width * HASH_BYTES) {
    throw new Error(`couldn't grow the tree at ${count} hashes of level ${level}: its unfinished tile is missing or of another width`);
  }
  return splitHashes(tile.hashes);
}

/** The hashes of a tile, one by one. */
export function splitHashes(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}
