import { sql } from "kysely";
import { batchAfterBatch, eachByItself } from "#platform/each-by-itself";
import { DAY_MS } from "#platform/instant";
import type { Town } from "#platform/town";
import { PHOTO_BOUNDS } from "./bounds.ts";
import { forgetFile } from "./forget-file.ts";
import { PURPOSES } from "./purpose.ts";
import { endUploads, type SentFor } from "./upload.ts";

const MOST_AT_ONCE = 200;

/**
 * A file that nothing uses goes: one that was sent for something and came to be part of nothing after some hours, one whose uses ended
 * when their purposes let it. Batch after batch until none is left. Returns how many went. One that cannot be forgotten is left for the
 * next time and holds up no other.
 */
export async function sweepFiles(town: Town, at: Date): Promise<number> {
  return eachByItself(lettingGo(town, at), "forget unused files", ({ file, letGo }) => forgetFile(town, at, file, letGo));
}

/** What no longer holds a file. */
type Over = { readonly file: string; readonly letGo: (town: Town) => Promise<void> };

async function* lettingGo(town: Town, at: Date): AsyncGenerator<Over> {
  for await (const { id, file } of batchAfterBatch<Ended>(MOST_AT_ONCE, (after) => endedBy(town, at, after)))
    yield { file, letGo: (town) => dropUse(town, id) };
  const since = new Date(at.getTime() - PHOTO_BOUNDS.waitingMs);
  for await (const { sha256, officer, sentFor } of batchAfterBatch<Unused>(MOST_AT_ONCE, (after) => unusedSince(town, since, after)))
    yield { file: sha256, letGo: (town) => endUploads(town, officer, sentFor, [sha256]) };
}

type Ended = { readonly id: string; readonly file: string; readonly endedAt: string };

/** Uses that ended so long ago that their purpose keeps nothing for them. */
async function endedBy(town: Town, at: Date, after: Ended | null): Promise<readonly Ended[]> {
  const until = Object.entries(PURPOSES).flatMap(([purpose, { keptDays }]) =>
    keptDays === null ? [] : [{ purpose, endedAt: new Date(at.getTime() - keptDays * DAY_MS).toISOString() }],
  );
  const { rows } = await sql<Ended>`
    select u.id, u.file, u.ended_at::text as "endedAt" from evidence.use u
    join jsonb_to_recordset(${JSON.stringify(until)}::jsonb) as k (purpose text, "endedAt" timestamptz) on k.purpose = u.purpose
    where u.town = ${town.id} and u.ended_at <= k."endedAt"
      and (${after?.endedAt ?? null}::timestamptz is null
        or (u.ended_at, u.id) > (${after?.endedAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by u.ended_at, u.id limit ${MOST_AT_ONCE}`.execute(town.db);
  return rows;
}

async function dropUse(town: Town, id: string): Promise<void> {
  await town.db.deleteFrom("evidence.use").where("town", "=", town.id).where("id", "=", id).where("ended_at", "is not", null).execute();
}

type Unused = { readonly sha256: string; readonly sentFor: SentFor; readonly officer: string | null; readonly uploadedAt: string };

/** Files sent so long ago, and part of nothing of what they were sent for. */
async function unusedSince(town: Town, since: Date, after: Unused | null): Promise<readonly Unused[]> {
  const { rows } = await sql<{ sha256: string; kind: SentFor["kind"]; id: string; officer: string | null; uploadedAt: string }>`
    select u.sha256, u.for_kind as kind, u.for_id as id, u.officer, u.uploaded_at::text as "uploadedAt" from evidence.upload u
    where u.town = ${town.id} and u.uploaded_at <= ${since}
      and (${after?.uploadedAt ?? null}::timestamptz is null
        or (u.uploaded_at, u.sha256, u.for_id)
          > (${after?.uploadedAt ?? null}::timestamptz, ${after?.sha256 ?? null}, ${after?.sentFor.id ?? null}::uuid))
      and not exists (select from evidence.use s
        where s.town = u.town and s.subject = u.for_id and s.file = u.sha256 and s.ended_at is null)
    order by u.uploaded_at, u.sha256, u.for_id limit ${MOST_AT_ONCE}`.execute(town.db);
  return rows.map(({ kind, id, ...upload }) => ({ ...upload, sentFor: { kind, id } }));
}
