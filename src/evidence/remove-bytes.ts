import { transact, type Town } from "#platform/town";
import { lockFile } from "./lock-file.ts";
import { findFile } from "./queries.ts";

const MOST_AT_ONCE = 200;

/** Takes the bytes of redacted files off the disk. A crash in between removes them again with the next run, which is harmless. */
export async function removeRedactedBytes(town: Town, at: Date): Promise<number> {
  const waiting = await town.db
    .selectFrom("evidence.redaction as r")
    .innerJoin("evidence.file as f", (join) => join.onRef("f.town", "=", "r.town").onRef("f.sha256", "=", "r.sha256"))
    .select(["r.sha256", "f.thumbnail_sha256 as thumbnailSha256"])
    .where("r.town", "=", town.id)
    .where("r.bytes_removed_at", "is", null)
    .limit(MOST_AT_ONCE)
    .execute();
  for (const { sha256, thumbnailSha256 } of waiting) {
    await town.blobs.remove(town.id, sha256);
    if (thumbnailSha256 !== null) await town.blobs.remove(town.id, thumbnailSha256);
    await town.db
      .updateTable("evidence.redaction")
      .set({ bytes_removed_at: at })
      .where("town", "=", town.id)
      .where("sha256", "=", sha256)
      .execute();
  }
  return waiting.length;
}

/**
 * Forgets a photo that nothing uses: its row, then its bytes. Whoever calls knows it is unused now; if somebody began to
 * use it meanwhile, their foreign key wins and this throws (SQLSTATE 23503), leaving all in place.
 */
export async function forgetPhoto(town: Town, sha256: string): Promise<void> {
  await transact(town, async (town) => {
    await lockFile(town, sha256);
    const file = await findFile(town, sha256);
    if (file === null || file.redacted) return;
    await town.db.deleteFrom("evidence.file").where("town", "=", town.id).where("sha256", "=", sha256).execute();
    await town.blobs.remove(town.id, sha256);
    if (file.thumbnailSha256 !== null) await town.blobs.remove(town.id, file.thumbnailSha256);
  });
}
