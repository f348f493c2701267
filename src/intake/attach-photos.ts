import { MOST_PHOTOS } from "#evidence/add-photo";
import { findFiles } from "#evidence/queries";
import type { Town } from "#platform/town";
import { refuse } from "#refusals";

/** Refuses photos that are not kept, or were redacted since. */
export async function refuseUnknownPhotos(town: Town, photos: readonly string[]): Promise<void> {
  const known = await findFiles(town, photos);
  refuse(known.filter(({ redacted }) => !redacted).length === new Set(photos).size ? null : "file/unknown");
}

/** Puts photos not yet there behind the report's others, as far as there is room; says how many. The caller holds the report's lock. */
export async function attachPhotos(town: Town, at: Date, report: string, photos: readonly string[]): Promise<number> {
  if (photos.length === 0) return 0;
  const kept = await town.db
    .selectFrom("intake.report_photo")
    .select(["sha256", "position"])
    .where("town", "=", town.id)
    .where("report", "=", report)
    .execute();
  const known = new Set(kept.map(({ sha256 }) => sha256));
  const missing = [...new Set(photos)].filter((sha256) => !known.has(sha256)).slice(0, Math.max(0, MOST_PHOTOS - kept.length));
  if (missing.length === 0) return 0;
  const last = Math.max(0, ...kept.map(({ position }) => position));
  await town.db
    .insertInto("intake.report_photo")
    .values(missing.map((sha256, i) => ({ town: town.id, report, position: last + 1 + i, sha256, added_at: at })))
    .execute();
  return missing.length;
}
