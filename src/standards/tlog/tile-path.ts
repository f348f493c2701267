import { readDecimal } from "./decimal.ts";

/** A piece of the log as C2SP tlog-tiles serves it: `width` hashes of a level, or entries, from `index` × 256 on; 256 is a full one. */
export type Tile = { readonly level: number | "entries"; readonly index: number; readonly width: number };

/** How many hashes or entries a whole tile holds. */
export const FULL = 256;
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
