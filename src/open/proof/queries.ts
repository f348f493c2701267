import { sql } from "kysely";
import type { Town } from "#platform/town";
import { encodeEntries } from "#standards/tlog/entries";
import { consistencyProof, inclusionProof, type HashAt } from "#standards/tlog/hash";
import type { Tile } from "#standards/tlog/tile-path";
import { consistencyPath, inclusionPath } from "#standards/tlog/tree";
import { hashesOf } from "./tiles.ts";

export type Cosigned = { readonly witness: string; readonly line: string; readonly at: Date };

export type ShownCheckpoint = {
  readonly size: number;
  /** The signed note, with the cosignatures there are of this very checkpoint. */
  readonly note: string;
  readonly signedAt: Date;
  readonly cosigned: readonly Cosigned[];
};

/** The newest checkpoint; null before the first event got its place. */
export function newestCheckpoint(town: Town): Promise<ShownCheckpoint | null> {
  return checkpointWhere(town, false);
}

/** The newest checkpoint that a witness cosigned; null when none did. */
export function newestCosigned(town: Town): Promise<ShownCheckpoint | null> {
  return checkpointWhere(town, true);
}

async function checkpointWhere(town: Town, cosignedOnly: boolean): Promise<ShownCheckpoint | null> {
  const row = await town.db
    .selectFrom("proof.checkpoint as c")
    .select(["c.size", "c.note", "c.signed_at as signedAt"])
    .where("c.town", "=", town.id)
    .$if(cosignedOnly, (query) =>
      query.where("c.size", "in", (cosigned) => cosigned.selectFrom("proof.cosignature").select("size").where("town", "=", town.id)),
    )
    .orderBy("c.size", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const cosigned = await town.db
    .selectFrom("proof.cosignature")
    .select(["witness", "line", "cosigned_at as at"])
    .where("town", "=", town.id)
    .where("size", "=", row.size)
    .orderBy("witness")
    .execute();
  return { ...row, note: row.note + cosigned.map(({ line }) => `${line}\n`).join(""), cosigned };
}

/**
 * The newest cosignature of every witness, whatever checkpoint it was of: from one name in the index to the next, not through all there
 * are.
 */
export async function newestCosignatures(
  town: Town,
): Promise<readonly { readonly witness: string; readonly size: number; readonly at: Date }[]> {
  const next = (after: ReturnType<typeof sql>) => sql`
    (select c.witness, c.size, c.cosigned_at from proof.cosignature c where c.town = ${town.id} and ${after}
      order by c.witness, c.size desc limit 1)`;
  const { rows } = await sql<{ witness: string; size: number; at: Date }>`
    with recursive newest as (
      ${next(sql`true`)}
      union all
      select n.* from newest cross join lateral ${next(sql`c.witness > newest.witness`)} n
    ) select witness, size, cosigned_at as at from newest`.execute(town.db);
  return rows;
}

/** Towns whose newest places are not signed yet: a crash came between. */
export async function unsignedTowns(db: Town["db"]): Promise<readonly string[]> {
  const { rows } = await sql<{ town: string }>`
    select l.town from people.town t
    join lateral (select town, number from proof.leaf where town = t.town order by number desc limit 1) l on true
    where not exists (select from proof.checkpoint c where c.town = l.town and c.size = l.number + 1)`.execute(db);
  return rows.map(({ town }) => town);
}

/** The bytes of a tile as C2SP tlog-tiles serves them; null when the log has no such tile, or not yet as wide. */
export async function readTile(town: Town, tile: Tile): Promise<Buffer | null> {
  return tile.level === "entries" ? readEntries(town, tile) : readHashes(town, tile.level, tile);
}

async function readHashes(town: Town, level: number, { index, width }: Tile): Promise<Buffer | null> {
  const row = await town.db
    .selectFrom("proof.tile")
    .select("hashes")
    .where("town", "=", town.id)
    .where("level", "=", level)
    .where("number", "=", index)
    .executeTakeFirst();
  return row === undefined || row.hashes.length < width * 32 ? null : row.hashes.subarray(0, width * 32);
}

async function readEntries(town: Town, { index, width }: Tile): Promise<Buffer | null> {
  const rows = await town.db
    .selectFrom("proof.leaf")
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

/** The event of a report's arrival, by the report's id; null when there is no such report. */
export async function arrivalOf(town: Town, report: string): Promise<string | null> {
  return latestEvent(town, sql`${report}`, "report.received");
}

/** The event of a problem's last closing; null while it was not struck off. */
export async function closingOf(town: Town, number: string): Promise<string | null> {
  return latestEvent(town, sql`(select p.id from ledger.problem p where p.town = ${town.id} and p.number = ${number})`, "problem.closed");
}

async function latestEvent(town: Town, subject: ReturnType<typeof sql>, verb: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select e.id from audit.event e where e.town = ${town.id} and e.subject = ${subject} and e.verb = ${verb} order by e.id desc
      limit 1`.execute(town.db);
  return rows[0]?.id ?? null;
}

/** The event that has this place; null when none has it yet. */
export async function eventAt(town: Town, leaf: number): Promise<string | null> {
  const row = await town.db
    .selectFrom("proof.leaf")
    .select("event")
    .where("town", "=", town.id)
    .where("number", "=", leaf)
    .executeTakeFirst();
  return row?.event ?? null;
}

/** The place of an event, and what is hashed there; null while it has none. */
export async function leafOfEvent(town: Town, event: string): Promise<{ readonly leaf: number; readonly entry: string } | null> {
  const row = await town.db
    .selectFrom("proof.leaf")
    .select(["number as leaf", "entry"])
    .where("town", "=", town.id)
    .where("event", "=", event)
    .executeTakeFirst();
  return row ?? null;
}
