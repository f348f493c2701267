import type { Town } from "#platform/town";

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
