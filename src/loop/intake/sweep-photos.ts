import { sql } from "kysely";
import { PHOTO_BOUNDS } from "#evidence/bounds";
import { forgetPhoto, type Unused } from "#evidence/forget-photo";
import type { Purpose } from "#evidence/upload";
import { batchAfterBatch, eachByItself } from "#platform/each-by-itself";
import type { Town } from "#platform/town";

const MOST_AT_ONCE = 200;

/**
 * Photos that were sent for something, came to be part of nothing, and lie in no draft any more are forgotten after some hours, batch after
 * batch until none is left. Returns how many went. One that cannot be forgotten is left for the next time and holds up no other.
 */
export async function sweepPhotos(town: Town, at: Date): Promise<number> {
  const since = new Date(at.getTime() - PHOTO_BOUNDS.waitingMs);
  const unused = batchAfterBatch<Waiting>(MOST_AT_ONCE, (after) => unusedSince(town, since, after));
  return eachByItself(unused, "forget unused photos", (photo) => forgetPhoto(town, at, photo));
}

type Waiting = Unused & { readonly uploadedAt: string };

async function unusedSince(town: Town, since: Date, after: Waiting | null): Promise<readonly Waiting[]> {
  const { rows } = await sql<{ sha256: string; kind: Purpose["kind"]; id: string; officer: string | null; uploadedAt: string }>`
    select u.sha256, u.for_kind as kind, u.for_id as id, u.officer, u.uploaded_at::text as "uploadedAt" from evidence.upload u
    where u.town = ${town.id} and u.uploaded_at <= ${since}
      and (${after?.uploadedAt ?? null}::timestamptz is null
        or (u.uploaded_at, u.sha256, u.for_id) > (${after?.uploadedAt ?? null}::timestamptz, ${after?.sha256 ?? null},
          ${after?.purpose.id ?? null}::uuid))
      and not exists (select from intake.draft_photo p where p.town = u.town and p.draft = u.for_id and p.sha256 = u.sha256)
    order by u.uploaded_at, u.sha256, u.for_id limit ${MOST_AT_ONCE}`.execute(town.db);
  return rows.map(({ sha256, kind, id, officer, uploadedAt }) => ({ sha256, purpose: { kind, id }, officer, uploadedAt }));
}
