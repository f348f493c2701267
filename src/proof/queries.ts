import { sql } from "kysely";
import type { Day } from "#platform/instant";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { encodeEntries } from "#standards/tlog/entries";
import { findPublicFile } from "#publication/public-file";
import { consistencyProof, inclusionProof } from "#standards/tlog/hash";
import type { Tile } from "#standards/tlog/tile-path";
import { consistencyPath, inclusionPath } from "#standards/tlog/tree";
import { readEntry } from "./leaf.ts";
import { hashesOf } from "./tiles.ts";
import { isHashOfFile, openFields } from "./told.ts";

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

/** The newest cosignature of every witness, whatever checkpoint it was of. */
export async function newestCosignatures(
  town: Town,
): Promise<readonly { readonly witness: string; readonly size: number; readonly at: Date }[]> {
  return town.db
    .selectFrom("proof.cosignature")
    .distinctOn("witness")
    .select(["witness", "size", "cosigned_at as at"])
    .where("town", "=", town.id)
    .orderBy("witness")
    .orderBy("size", "desc")
    .execute();
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

/** Hashes that show the first `earlier` to be a beginning of the first `size` (RFC 6962 §2.1.2). */
export async function consistencyProofOf(town: Town, earlier: number, size: number): Promise<readonly Uint8Array[]> {
  return consistencyProof(earlier, size, await hashesOf(town, consistencyPath(earlier, size).flat()));
}

/** What lies open beside a leaf: the words and their salt, or since when and why they are gone. Words that are not public are left out. */
export type Opening = {
  readonly [field: string]:
    | { readonly text: string; readonly salt: string }
    | { readonly redacted: { readonly on: Day; readonly because: string | null } };
};

export type OpenedLeaf = { readonly leaf: number; readonly entry: string; readonly opening: Opening };

/** One leaf with its opening; null when there is no such leaf. */
export async function findLeaf(town: Town, number: number): Promise<OpenedLeaf | null> {
  const [leaf] = await opened(town, await leavesWhere(town, sql`l.number = ${number}`));
  return leaf ?? null;
}

/** The leaves of one problem, in order. */
export async function leavesOfProblem(town: Town, number: string): Promise<readonly OpenedLeaf[]> {
  const ofProblem = sql`e.subject = (select p.id from ledger.problem p where p.town = ${town.id} and p.number = ${number})`;
  return opened(town, await leavesWhere(town, ofProblem));
}

/** The leaf of a report's arrival, by its handle; null while it has no place yet, or there is no such report. */
export async function leafOfReport(town: Town, handle: string): Promise<number | null> {
  const [row] = await leavesWhere(town, sql`e.subject = ${handle} and e.verb = 'report.received'`);
  return row?.leaf ?? null;
}

/** The leaf of a problem's last closing; null while it was not struck off, or has no place yet. */
export async function leafOfClosing(town: Town, number: string): Promise<number | null> {
  const rows = await leavesWhere(
    town,
    sql`e.subject = (select p.id from ledger.problem p where p.town = ${town.id} and p.number = ${number}) and e.verb = 'problem.closed'`,
  );
  return rows.at(-1)?.leaf ?? null;
}

/** The leaf of an event; null while it has no place yet. */
export async function leafOfEvent(town: Town, event: string): Promise<number | null> {
  const [row] = await leavesWhere(town, sql`l.event = ${event}`);
  return row?.leaf ?? null;
}

type Row = { readonly leaf: number; readonly event: string; readonly entry: string };

async function leavesWhere(town: Town, condition: ReturnType<typeof sql>): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select l.number as leaf, l.event, l.entry from proof.leaf l join audit.event e on e.town = l.town and e.id = l.event
    where l.town = ${town.id} and ${condition} order by l.number`.execute(town.db);
  return rows;
}

async function opened(town: Town, rows: readonly Row[]): Promise<readonly OpenedLeaf[]> {
  if (rows.length === 0) return [];
  const words = await wordsOf(
    town,
    rows.map(({ event }) => event),
  );
  const leaves: OpenedLeaf[] = [];
  for (const { leaf, event, entry } of rows) {
    const verb = readEntry(entry)?.verb ?? "";
    const told = words.filter((word) => word.event === event && openFields(verb).includes(word.field));
    for (const word of words) if (word.event === event && (await isSeen(town, verb, word))) told.push(word);
    leaves.push({ leaf, entry, opening: Object.fromEntries(told.map((word) => [word.field, openingOf(word)])) });
  }
  return leaves;
}

/** Whether the word is the hash of a file that the public sees by now. */
async function isSeen(town: Town, verb: string, { field, text }: Word): Promise<boolean> {
  return text !== null && isHashOfFile(verb, field) && (await findPublicFile(town, text)) !== null;
}

type Word = {
  readonly event: string;
  readonly field: string;
  readonly text: string | null;
  readonly salt: Buffer | null;
  readonly redactedAt: Date | null;
  readonly because: string | null;
};

/** Why words are gone says the event that took them out, about the same subject. */
async function wordsOf(town: Town, events: readonly string[]): Promise<readonly Word[]> {
  const { rows } = await sql<Word>`
    select w.event, w.field, w.text, w.salt, w.redacted_at as "redactedAt",
      case when w.text is null then (
        select r.text from audit.event e join audit.event x on x.town = e.town and x.subject = e.subject and x.verb = 'text.redacted'
          and x.body::jsonb -> 'facts' ->> 'event' = w.event::text and x.body::jsonb -> 'facts' ->> 'field' = w.field
        join audit.private_text r on r.town = x.town and r.event = x.id and r.field = 'reason'
        where e.town = w.town and e.id = w.event limit 1) end as because
    from audit.private_text w where w.town = ${town.id} and w.event = any (${[...events]}::uuid[]) order by w.event, w.field`.execute(
    town.db,
  );
  return rows;
}

function openingOf({ text, salt, redactedAt, because }: Word): Opening[string] {
  if (text === null || salt === null) return { redacted: { on: redactedAt === null ? "" : dayOf(redactedAt), because } };
  return { text, salt: salt.toString("base64") };
}
