import { PHOTO_BOUNDS } from "#evidence/bounds";
import { findFiles } from "#evidence/queries";
import { endUploads, holdSent, type Purpose } from "#evidence/upload";
import type { Town } from "#platform/town";
import { refuse } from "#refusals";

/** Photos, and what they were sent for. */
export type SentPhotos = { readonly purpose: Purpose; readonly photos: readonly string[] };

/** Refuses photos that were not sent for this, or were redacted since: a hash alone permits nothing. */
export async function refuseUnknownPhotos(town: Town, { purpose, photos }: SentPhotos): Promise<void> {
  if (photos.length === 0) return;
  const sent = await holdSent(town, null, purpose, photos);
  const kept = (await findFiles(town, photos)).filter(({ sha256, redacted }) => sent.has(sha256) && !redacted);
  refuse(kept.length === new Set(photos).size ? null : "file/unknown");
}

/** Puts photos not yet there behind the report's others, as far as there is room; says how many. The caller holds the report's lock. */
export async function attachPhotos(town: Town, at: Date, report: string, { purpose, photos }: SentPhotos): Promise<number> {
  if (photos.length === 0) return 0;
  const kept = await town.db
    .selectFrom("intake.report_photo")
    .select(["sha256", "position"])
    .where("town", "=", town.id)
    .where("report", "=", report)
    .execute();
  const known = new Set(kept.map(({ sha256 }) => sha256));
  const chosen = [...new Set(photos)].filter((sha256) => !known.has(sha256)).slice(0, Math.max(0, PHOTO_BOUNDS.photos - kept.length));
  const last = Math.max(0, ...kept.map(({ position }) => position));
  if (chosen.length > 0)
    await town.db
      .insertInto("intake.report_photo")
      .values(chosen.map((sha256, i) => ({ town: town.id, report, position: last + 1 + i, sha256, added_at: at })))
      .execute();
  // One that finds no room goes on waiting, and is forgotten.
  await endUploads(town, null, purpose, [...chosen, ...known]);
  return chosen.length;
}
