import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { takeWaiting } from "#audit/take-waiting";
import { onOneConnection, transact, type Town } from "#platform/town";
import type { HashTile } from "#standards/tlog/grow-tiles";
import { leafEntry } from "./leaf.ts";
import { sizeOf } from "./queries.ts";
import { signedNote, type Tree } from "./signing.ts";
import { surroundingsOf } from "./surroundings.ts";
import type { Scribe, Telling } from "./telling.ts";
import { grown } from "./tiles.ts";

/** Events that get their place in one round: half a second of the fastest towns, a few megabytes. */
const MOST_AT_ONCE = 8192;
const SALT_BYTES = 32;

/**
 * The writes of one round, in their order. Each commits by itself, and each may be lost, or kept though reported lost: the next
 * round reads what is there and goes on. Tests put their own around these.
 */
export type Writes = {
  leaves(town: Town, telling: Telling, most: number): Promise<number>;
  tiles(town: Town, tiles: readonly HashTile[]): Promise<void>;
  tree(town: Town, tree: Tree): Promise<void>;
  checkpoint(town: Town, at: Date, size: number, note: string): Promise<void>;
};

export const WRITES: Writes = { leaves: writeLeaves, tiles: writeTiles, tree: writeTree, checkpoint: writeCheckpoint };

/**
 * Gives waiting events their places and signs the tree they make: leaves, tiles, tree, checkpoint. One at a time a town, by a lock
 * that the database drops with the connection; returns how many leaves the signed tree gained, or null when another program is at it.
 * Throws CannotStart, with the sentence, when signing would contradict what was signed before.
 */
export async function integrateEvents(town: Town, scribe: Scribe, at: Date, writes: Writes = WRITES): Promise<number | null> {
  return onOneConnection(town, async (alone) => {
    const { db } = alone;
    const lock = `log/${town.id}`;
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(hashtextextended(${lock}, 0)) as mine`.execute(db);
    if (rows[0]?.mine !== true) return null;
    try {
      return await integrate(alone, scribe, at, writes);
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${lock}, 0))`.execute(db);
    }
  });
}

async function integrate(town: Town, { notary, telling }: Scribe, at: Date, writes: Writes): Promise<number> {
  await writes.leaves(town, telling, MOST_AT_ONCE);
  let tree = await readTree(town);
  for (;;) {
    const entries = await entriesFrom(town, tree?.size ?? 0, MOST_AT_ONCE);
    if (entries.length === 0) break;
    const next = await grown(town, tree?.size ?? 0, entries);
    await writes.tiles(town, next.tiles);
    await writes.tree(town, next.tree);
    tree = next.tree;
  }
  if (tree === null) return 0;
  const shown = await newestNote(town);
  if (shown?.size === tree.size) return 0;
  const note = await signedNote(town, notary, tree, shown?.note ?? null);
  await writes.checkpoint(town, at, tree.size, note);
  return tree.size - (shown?.size ?? 0);
}

/** Takes waiting events and gives them the next places, in one transaction: an event waits or has its place. */
async function writeLeaves(town: Town, telling: Telling, most: number): Promise<number> {
  return transact(town, async (town) => {
    const events = await takeWaiting(town, most);
    if (events.length === 0) return 0;
    const around = await surroundingsOf(town, telling, events);
    const first = await sizeOf(town);
    const leaves = events.map((event, i) => {
      const place = { town: town.id, number: first + i, salt: randomBytes(SALT_BYTES), telling };
      return { ...place, event: event.id, entry: leafEntry(place, event, around(event)) };
    });
    await sql`insert into log.leaf (town, number, event, salt, entry)
      select ${town.id}, * from unnest(${leaves.map(({ number }) => number)}::bigint[], ${leaves.map(({ event }) => event)}::uuid[],
        ${leaves.map(({ salt }) => salt)}::bytea[], ${leaves.map(({ entry }) => entry)}::text[])`.execute(town.db);
    return leaves.length;
  });
}

async function entriesFrom(town: Town, number: number, most: number): Promise<readonly string[]> {
  const rows = await town.db
    .selectFrom("log.leaf")
    .select("entry")
    .where("town", "=", town.id)
    .where("number", ">=", number)
    .orderBy("number")
    .limit(most)
    .execute();
  return rows.map(({ entry }) => entry);
}

async function writeTiles(town: Town, tiles: readonly HashTile[]): Promise<void> {
  await sql`insert into log.tile (town, level, number, hashes)
    select ${town.id}, * from unnest(${tiles.map(({ level }) => level)}::smallint[], ${tiles.map(({ index }) => index)}::bigint[],
      ${tiles.map(({ hashes }) => Buffer.from(hashes))}::bytea[])
    on conflict (town, level, number) do update set hashes = excluded.hashes`.execute(town.db);
}

async function readTree(town: Town): Promise<Tree | null> {
  const row = await town.db.selectFrom("log.tree").select(["size", "root"]).where("town", "=", town.id).executeTakeFirst();
  return row ?? null;
}

async function writeTree(town: Town, { size, root }: Tree): Promise<void> {
  const value = { size, root: Buffer.from(root) };
  await town.db
    .insertInto("log.tree")
    .values({ town: town.id, ...value })
    .onConflict((conflict) => conflict.column("town").doUpdateSet(value))
    .execute();
}

async function newestNote(town: Town): Promise<{ readonly size: number; readonly note: string } | null> {
  const row = await town.db
    .selectFrom("log.checkpoint")
    .select(["size", "note"])
    .where("town", "=", town.id)
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

async function writeCheckpoint(town: Town, at: Date, size: number, note: string): Promise<void> {
  await town.db.insertInto("log.checkpoint").values({ town: town.id, size, note, signed_at: at }).execute();
}
