import { sql } from "kysely";
import type { Db, Town } from "#platform/town";
import { encodeEntries } from "#standards/tlog/entries";
import { consistencyProof, inclusionProof, type HashAt } from "#standards/tlog/hash";
import type { Tile } from "#standards/tlog/tile-path";
import { consistencyPath, inclusionPath } from "#standards/tlog/tree";
import type { Follower, PlacedEvent } from "./follower.ts";
import { bodyIn } from "./leaf.ts";
import { hashesOf } from "./tiles.ts";

/** Towns whose newest places are not signed yet: a crash came between. */
export async function unsignedTowns(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ town: string }>`
    select l.town from people.town t
    join lateral (select town, number from log.leaf where town = t.town order by number desc limit 1) l on true
    where not exists (select from log.checkpoint c where c.town = l.town and c.size = l.number + 1)`.execute(db);
  return rows.map(({ town }) => town);
}

/** The bytes of a tile as C2SP tlog-tiles serves them; null when the log has no such tile, or not yet as wide. */
export async function readTile(town: Town, tile: Tile): Promise<Buffer | null> {
  return tile.level === "entries" ? readEntries(town, tile) : readHashes(town, tile.level, tile);
}

async function readHashes(town: Town, level: number, { index, width }: Tile): Promise<Buffer | null> {
  const row = await town.db
    .selectFrom("log.tile")
    .select("hashes")
    .where("town", "=", town.id)
    .where("level", "=", level)
    .where("number", "=", index)
    .executeTakeFirst();
  return row === undefined || row.hashes.length < width * 32 ? null : row.hashes.subarray(0, width * 32);
}

async function readEntries(town: Town, { index, width }: Tile): Promise<Buffer | null> {
  const rows = await town.db
    .selectFrom("log.leaf")
    .select("entry")
    .where("town", "=", town.id)
    .where("number", ">=", index * 256)
    .where("number", "<", index * 256 + width)
    .orderBy("number")
    .execute();
  return rows.length < width ? null : Buffer.from(encodeEntries(rows.map(({ entry }) => Buffer.from(entry, "utf8"))));
}

/** Hashes that lead from one leaf to the root of the first `size` (RFC 6962 §2.1.1). */
export async function inclusionProofOf(town: Town, leaf: number, size: number): Promise<readonly Uint8Array[]> {
  return inclusionProof(leaf, size, await hashesOf(town, inclusionPath(leaf, size).flat()));
}

/** The same for many leaves: their tiles are read in one query, and what their paths share is hashed once. */
export async function inclusionProofsOf(town: Town, leaves: readonly number[], size: number): Promise<readonly (readonly Uint8Array[])[]> {
  const subtrees = leaves.flatMap((leaf) => inclusionPath(leaf, size).flat());
  const hashAt = hashedOnce(await hashesOf(town, subtrees));
  return leaves.map((leaf) => inclusionProof(leaf, size, hashAt));
}

function hashedOnce(hashAt: HashAt): HashAt {
  const hashed = new Map<string, Uint8Array>();
  return (level, index) => {
    const name = `${level}/${index}`;
    const hash = hashed.get(name) ?? hashAt(level, index);
    hashed.set(name, hash);
    return hash;
  };
}

/** Hashes that show the first `earlier` to be a beginning of the first `size` (RFC 6962 §2.1.2). */
export async function consistencyProofOf(town: Town, earlier: number, size: number): Promise<readonly Uint8Array[]> {
  return consistencyProof(earlier, size, await hashesOf(town, consistencyPath(earlier, size).flat()));
}

/** The event that has this place; null when none has it yet. */
export async function eventAt(town: Town, leaf: number): Promise<string | null> {
  const row = await town.db
    .selectFrom("log.leaf")
    .select("event")
    .where("town", "=", town.id)
    .where("number", "=", leaf)
    .executeTakeFirst();
  return row?.event ?? null;
}

/** The place of an event, and what is hashed there; null while it has none. */
export async function leafOfEvent(town: Town, event: string): Promise<{ readonly leaf: number; readonly entry: string } | null> {
  const row = await town.db
    .selectFrom("log.leaf")
    .select(["number as leaf", "entry"])
    .where("town", "=", town.id)
    .where("event", "=", event)
    .executeTakeFirst();
  return row ?? null;
}

/** How many leaves a town's log has. */
export async function sizeOf(town: Town): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    select coalesce(max(number) + 1, 0) as size from log.leaf where town = ${town.id}`.execute(town.db);
  return rows[0]?.size ?? 0;
}

/** When the last of so many leaves happened; null of none. */
export async function lastLeafAt(town: Town, leaves: number): Promise<Date | null> {
  const row = await town.db
    .selectFrom("log.leaf as l")
    .innerJoin("audit.event as e", (join) => join.onRef("e.town", "=", "l.town").onRef("e.id", "=", "l.event"))
    .select("e.at")
    .where("l.town", "=", town.id)
    .where("l.number", "=", leaves - 1)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** The events of these verbs (null: of all) with a place from one leaf on to before another, in the log's order. */
export async function eventsBetween(town: Town, verbs: Follower["verbs"], from: number, before: number): Promise<readonly PlacedEvent[]> {
  const asked = verbs === null ? sql`true` : sql`e.verb = any (${[...verbs]}::text[])`;
  const { rows } = await sql<Omit<PlacedEvent, "facts"> & { readonly body: string }>`
    select l.number as leaf, e.id, e.verb, e.actor_kind as "actorKind", e.actor, e.at, e.subject_kind as "subjectKind", e.subject, e.body
    from log.leaf l join audit.event e on e.town = l.town and e.id = l.event
    where l.town = ${town.id} and l.number >= ${from} and l.number < ${before} and ${asked} order by l.number`.execute(town.db);
  return rows.map(({ body, ...event }) => ({ ...event, facts: bodyIn(body).facts }));
}

/** The towns in whose logs the follower has not come to the end. */
export async function townsBehind(db: Db, { name }: Follower): Promise<readonly string[]> {
  const { rows } = await sql<{ town: string }>`
    select t.town from people.town t
    where (select max(l.number) from log.leaf l where l.town = t.town)
      >= coalesce((select c.position from log.cursor c where c.town = t.town and c.follower = ${name}), 0)`.execute(db);
  return rows.map(({ town }) => town);
}

/** What a follower could not take of a town's log; `leaves` counts no further than `MOST_COUNTED`. */
export type Aside = { readonly town: string; readonly follower: string; readonly leaves: number };
export const MOST_COUNTED = 1000;

/** Of all towns, where there is any. */
export async function countAside(db: Db): Promise<readonly Aside[]> {
  const { rows } = await sql<Aside>`
    select * from (
      select t.town, c.follower,
        (select count(*) from (
          select from log.set_aside s where s.town = t.town and s.follower = c.follower limit ${MOST_COUNTED}
        ) counted) as leaves
      from people.town t join log.cursor c on c.town = t.town
    ) aside where leaves > 0 order by town, follower`.execute(db);
  return rows;
}

const MOST_SHOWN = 50;

/** An event that waits set aside, and what the follower stumbled over. */
export type AsideEvent = {
  readonly follower: string;
  readonly leaf: number;
  readonly verb: string;
  readonly why: string;
  readonly at: Date;
};

/** The oldest of them, follower by follower. */
export async function listAside(town: Town): Promise<readonly AsideEvent[]> {
  const { rows } = await sql<AsideEvent>`
    select s.follower, s.leaf, e.verb, s.why, s.at from log.set_aside s
    join log.leaf l on l.town = s.town and l.number = s.leaf
    join audit.event e on e.town = l.town and e.id = l.event
    where s.town = ${town.id} order by s.follower, s.leaf limit ${MOST_SHOWN}`.execute(town.db);
  return rows;
}

/** When the log was last signed; null while it never was. */
export async function lastSigned(town: Town): Promise<Date | null> {
  const row = await town.db
    .selectFrom("log.checkpoint")
    .select("signed_at as signedAt")
    .where("town", "=", town.id)
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.signedAt ?? null;
}
