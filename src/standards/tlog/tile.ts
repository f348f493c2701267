import { readDecimal } from "./decimal.ts";
import { HASH_BYTES, subtreeRoot, type HashAt } from "./hash.ts";
import type { Subtree } from "./tree.ts";

/** A piece of the log as C2SP tlog-tiles serves it: `width` hashes of a level, or entries, from `index` × 256 on; 256 is a full one. */
export type Tile = { readonly level: number | "entries"; readonly index: number; readonly width: number };

const FULL = 256;
const HEIGHT = 8;
const HIGHEST_LEVEL = 5; // 256^6 leaves and more cannot be counted in a safe integer

/** `tile/0/x001/x234/067`, `tile/entries/000.p/17`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/\d{3}/g) ?? [];
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${name}${width === FULL ? "" : `.p/${width}`}`;
}

/** The tile a path names, or null: a path is taken only in the one way it is written. */
export function parseTilePath(path: string): Tile | null {
  const [, level = "", name = "", partial] = /^tile\/(entries|\d)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  const index = readDecimal(name.replaceAll(/[x/]/g, "").replace(/^0+(?=\d)/, ""));
  const width = partial === undefined ? FULL : Number(partial);
  if (level === "" || index === null || width < 1 || (partial !== undefined && width >= FULL)) return null;
  const tile: Tile = { level: level === "entries" ? level : Number(level), index, width };
  return tilePath(tile) === path && (tile.level === "entries" || tile.level <= HIGHEST_LEVEL) ? tile : null;
}

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
