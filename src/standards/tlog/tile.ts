import { HASH_BYTES, subtreeRoot, type HashAt } from "./hash.ts";
import { FULL, type Tile } from "./tile-path.ts";
import type { Subtree } from "./tree.ts";

const HEIGHT = 8;

/** Every tile of a log of this size: hashes of every level, and entries. */
export function tilesOf(size: number): readonly Tile[] {
  return tilesBetween(0, size);
}

/** The tiles that are new, or wider, at `size`, for whoever has those of the smaller size. */
export function tilesBetween(earlier: number, size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; Math.floor(size / FULL ** level) > 0; level += 1) {
    const [before, now] = [Math.floor(earlier / FULL ** level), Math.floor(size / FULL ** level)];
    if (before === now) continue;
    for (let index = Math.floor(before / FULL); index * FULL < now; index += 1) {
      const width = Math.min(FULL, now - index * FULL);
      tiles.push({ level, index, width });
      if (level === 0) tiles.push({ level: "entries", index, width });
    }
  }
  return tiles;
}

/** Which tile holds what a complete subtree's hash is made of. */
export function tileOf({ level, index }: Subtree): { readonly level: number; readonly index: number } {
  const tileLevel = Math.floor(level / HEIGHT);
  return { level: tileLevel, index: Math.floor((index * 2 ** (level - tileLevel * HEIGHT)) / FULL) };
}

/** Hashes of subtrees from the bytes of tiles, full or not; whoever asks for one that the tiles do not hold is wrong, and told. */
export function hashFromTiles(bytesOf: (level: number, index: number) => Uint8Array | null): HashAt {
  return (level, index) => {
    const tile = tileOf({ level, index });
    const count = 2 ** (level - tile.level * HEIGHT);
    const first = index * count - tile.index * FULL;
    const within = bytesOf(tile.level, tile.index)?.subarray(first * HASH_BYTES, (first + count) * HASH_BYTES);
    if (within?.length !== count * HASH_BYTES)
      throw new Error(`couldn't find the hash of subtree ${index} of level ${level}: not in the tiles`);
    return subtreeRoot(within);
  };
}
