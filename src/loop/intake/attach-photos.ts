import { RESIDENT } from "#audit/append-event";
import { MOST_PHOTOS } from "#evidence/bounds";
import { useFiles } from "#evidence/use-files";
import { filesOf } from "#evidence/uses";
import type { Town } from "#platform/town";

/**
 * Puts photos that its reporter sent for a report behind its others, as far as there is room; says how many. One that finds no room goes on
 * waiting, and is forgotten. The caller holds the report's lock. Refusal: file/unknown.
 */
export async function attachPhotos(town: Town, at: Date, report: string, photos: readonly string[]): Promise<number> {
  const held = await filesOf(town, report);
  const [known, added] = [photos.filter((photo) => held.includes(photo)), photos.filter((photo) => !held.includes(photo))];
  const room = Math.max(0, MOST_PHOTOS - held.length);
  const files = [...known, ...[...new Set(added)].slice(0, room)];
  return useFiles(town, RESIDENT, at, { files, purpose: "report", subject: report });
}
