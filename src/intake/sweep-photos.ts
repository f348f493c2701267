import { sql } from "kysely";
import { PHOTO_BOUNDS } from "#evidence/bounds";
import { forgetPhoto, type Unused } from "#evidence/forget-photo";
import type { Purpose } from "#evidence/upload";
import type { Town } from "#platform/town";

const MOST_AT_ONCE = 200;

/**
 * Photos that were sent for something, came to be part of nothing, and lie in no draft any more are forgotten after some hours, batch after
 * batch until none is left. Returns how many went. One that cannot be forgotten is left for the next time and holds up no other.
 */
export async function sweepPhotos(town: Town, at: Date): Promise<number> {
  const failures: unknown[] = [];
  let gone = 0;
  for (;;) {
    // What failed was looked at first and lies there still: the next batch begins behind it.
    const batch = await unusedSince(town, new Date(at.getTime() - PHOTO_BOUNDS.waitingMs), failures.length);
    for (const unused of batch) {
      try {
        if (await forgetPhoto(town, at, unused)) gone += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    if (batch.length < MOST_AT_ONCE) break;
  }
  if (failures.length > 0) throw new AggregateError(failures, `couldn't forget ${failures.length} unused photos`);
  return gone;
}

async function unusedSince(town: Town, since: Date, skipped: number): Promise<readonly Unused[]> {
  const { rows } = await sql<{ sha256: string; kind: Purpose["kind"]; id: string; officer: string | null }>`
    select u.sha256, u.for_kind as kind, u.for_id as id, u.officer from evidence.upload u
    where u.town = ${town.id} and u.uploaded_at <= ${since}
      and not exists (select from intake.draft_photo p where p.town = u.town and p.draft = u.for_id and p.sha256 = u.sha256)
    order by u.uploaded_at, u.sha256, u.for_id limit ${MOST_AT_ONCE} offset ${skipped}`.execute(town.db);
  return rows.map(({ sha256, kind, id, officer }) => ({ sha256, purpose: { kind, id }, officer }));
}
