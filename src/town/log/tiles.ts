import { sql } from "kysely";
import type { Town } from "#platform/town";
import { growTiles, type HashTile } from "#standards/tlog/grow-tiles";
import { hashLeaves, rootOf, type HashAt } from "#standards/tlog/hash";
import { hashFromTiles, tileOf } from "#standards/tlog/tile";
import { rootPath, type Subtree } from "#standards/tlog/tree";
import type { Tree } from "./signing.ts";

/** The hashes of these complete subtrees, from the tiles that hold them, read in one query. */
export async function hashesOf(town: Town, subtrees: readonly Subtree[]): Promise<HashAt> {
  const wanted = new Map(subtrees.map(tileOf).map((tile) => [`${tile.level}/${tile.index}`, tile]));
  const tiles = [...wanted.values()];
  const { rows } = await sql<HashTile>`
    select t.level, t.number as index, t.hashes from log.tile t
    join unnest(${tiles.map(({ level }) => level)}::smallint[], ${tiles.map(({ index }) => index)}::bigint[]) as w(level, number)
      on t.level = w.level and t.number = w.number
    where t.town = ${town.id}`.execute(town.db);
  const kept = new Map(rows.map(({ level, index, hashes }) => [`${level}/${index}`, hashes]));
  return hashFromTiles((level, index) => kept.get(`${level}/${index}`) ?? null);
}

/** What the root of the first `size` leaves is made of. */
export function hashesFor(town: Town, size: number): Promise<HashAt> {
  return hashesOf(town, rootPath(size));
}

/** The tiles that change when these entries follow the first `size`, and the tree they make. Nothing is written. */
export async function grown(
  town: Town,
  size: number,
  entries: readonly string[],
): Promise<{ readonly tiles: readonly HashTile[]; readonly tree: Tree }> {
  const edge = await edgeTiles(town, size);
  const leaves = hashLeaves(entries.map((entry) => Buffer.from(entry, "utf8")));
  const tiles = growTiles(edge, size, leaves);
  const kept = new Map([...edge, ...tiles].map(({ level, index, hashes }) => [`${level}/${index}`, hashes]));
  const hashAt = hashFromTiles((level, index) => kept.get(`${level}/${index}`) ?? null);
  const now = size + entries.length;
  return { tiles, tree: { size: now, root: rootOf(now, hashAt) } };
}

/** The unfinished tile of every level: all that growing needs. */
async function edgeTiles(town: Town, size: number): Promise<readonly HashTile[]> {
  const edge: { level: number; index: number; width: number }[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / 256)) {
    if (count % 256 > 0) edge.push({ level, index: Math.floor(count / 256), width: count % 256 });
  }
  if (edge.length === 0) return [];
  // A tile written before a crash may already be wider than the tree: only what the tree holds counts.
  const { rows } = await sql<HashTile>`
    select t.level, t.number as index, substring(t.hashes for w.width * 32) as hashes from log.tile t
    join unnest(${edge.map(({ level }) => level)}::smallint[], ${edge.map(({ index }) => index)}::bigint[],
      ${edge.map(({ width }) => width)}::int[])
      as w(level, number, width) on t.level = w.level and t.number = w.number
    where t.town = ${town.id}`.execute(town.db);
  return rows;
}
