import { sql } from "kysely";
import { hmac } from "#platform/hmac";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import type { RefusalCode } from "#refusals";
import { PHOTO_BOUNDS } from "./bounds.ts";
import type { SubjectKind } from "./purpose.ts";

/** What a file was sent for: a report being written, a report already sent, a problem. Nothing else may use it. */
export type SentFor = { readonly kind: SubjectKind; readonly id: string };

/** Who sent it: an officer by id, or a resident, of whom nothing is known but the address they write from. */
export type Sender = { readonly officer: string } | { readonly address: string };

// What many tiny photos cost beside their bytes: rows, blocks of the disk. It also bounds how many rows a sum reads.
const LEAST_BYTES = 64 * 1024;

/** Tells senders apart for as long as their photos wait; says nothing of the address without the key. */
function originOf(town: Town, by: Sender): Buffer {
  const who = "officer" in by ? `officer ${by.officer}` : `address ${by.address}`;
  return hmac(town.keys.for("device"), `upload ${town.id} ${who}`);
}

/**
 * Why so many bytes more may not wait; null when they may. Photos that already wait are asked for, so that whoever floods is told
 * before anything is decoded, and asked for again under the town's lock.
 */
export async function whyNotWait(town: Town, by: Sender, bytes: number): Promise<RefusalCode | null> {
  const { rows } = await sql<{ mine: number; all: number }>`
    select coalesce(sum(bytes) filter (where origin = ${originOf(town, by)}), 0)::float8 as mine, coalesce(sum(bytes), 0)::float8 as all
    from evidence.upload where town = ${town.id}`.execute(town.db);
  const [waiting] = rows;
  if (waiting === undefined) throw new Error("couldn't count the photos that wait: no answer");
  const cost = Math.max(bytes, LEAST_BYTES);
  if (waiting.mine + cost > PHOTO_BOUNDS.waitingBytesOfSender) return "file/too-many-waiting";
  return waiting.all + cost > PHOTO_BOUNDS.waitingBytesOfTown ? "file/too-many-waiting" : null;
}

/**
 * One at a time in a town until the end of the transaction: of two photos that both find room for one, the second waits here and is
 * refused.
 */
export async function lockUploads(town: Town): Promise<void> {
  takeInOrder("uploads");
  await sql`select pg_advisory_xact_lock(hashtextextended(${`evidence.upload/${town.id}`}, 0))`.execute(town.db);
}

type Upload = { readonly sha256: string; readonly sentFor: SentFor; readonly bytes: number };

/** Keeps that this photo was sent, by whom and what for. The caller holds the lock and has asked whether it may wait. */
export async function keepUpload(town: Town, by: Sender, at: Date, { sha256, sentFor, bytes }: Upload): Promise<void> {
  await town.db
    .insertInto("evidence.upload")
    .values({
      town: town.id,
      sha256,
      for_kind: sentFor.kind,
      for_id: sentFor.id,
      officer: "officer" in by ? by.officer : null,
      origin: originOf(town, by),
      bytes: Math.max(bytes, LEAST_BYTES),
      uploaded_at: at,
    })
    .onConflict((conflict) => conflict.columns(["town", "for_kind", "for_id", "sha256", "officer"]).doUpdateSet({ uploaded_at: at }))
    .execute();
}

/** Which of these files were sent for this, by this officer (null: by a resident), and wait still. */
export async function findSent(
  town: Town,
  officer: string | null,
  sentFor: SentFor,
  sha256s: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sha256s.length === 0) return new Set();
  const rows = await town.db
    .selectFrom("evidence.upload")
    .select("sha256")
    .where("town", "=", town.id)
    .where("for_kind", "=", sentFor.kind)
    .where("for_id", "=", sentFor.id)
    .where("officer", "is not distinct from", officer)
    .where("sha256", "in", sha256s)
    .execute();
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** They have come to be part of something: from here on that, and no longer who sent them, is known of them. */
export async function endUploads(town: Town, officer: string | null, sentFor: SentFor, sha256s: readonly string[]): Promise<void> {
  if (sha256s.length === 0) return;
  await town.db
    .deleteFrom("evidence.upload")
    .where("town", "=", town.id)
    .where("for_kind", "=", sentFor.kind)
    .where("for_id", "=", sentFor.id)
    .where("officer", "is not distinct from", officer)
    .where("sha256", "in", sha256s)
    .execute();
}
