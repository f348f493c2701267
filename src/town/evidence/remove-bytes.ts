import { batchAfterBatch, eachByItself } from "#platform/each-by-itself";
import type { Town } from "#platform/town";

const MOST_AT_ONCE = 200;

type Waiting = { readonly sha256: string; readonly thumbnailSha256: string | null };

/**
 * Takes the bytes of redacted files off the disk, until none is left. One that the disk does not give up is left for the next time and
 * holds up no other. A crash in between removes them again with the next run, which is harmless.
 */
export async function removeRedactedBytes(town: Town, at: Date): Promise<number> {
  const waiting = batchAfterBatch<Waiting>(MOST_AT_ONCE, (after) =>
    town.db
      .selectFrom("evidence.redaction as r")
      .innerJoin("evidence.file as f", (join) => join.onRef("f.town", "=", "r.town").onRef("f.sha256", "=", "r.sha256"))
      .select(["r.sha256", "f.thumbnail_sha256 as thumbnailSha256"])
      .where("r.town", "=", town.id)
      .where("r.bytes_removed_at", "is", null)
      .where("r.sha256", ">", after?.sha256 ?? "")
      .orderBy("r.sha256")
      .limit(MOST_AT_ONCE)
      .execute(),
  );
  return eachByItself(waiting, "remove redacted bytes", async ({ sha256, thumbnailSha256 }) => {
    await town.blobs.remove(town.id, sha256);
    if (thumbnailSha256 !== null) await town.blobs.remove(town.id, thumbnailSha256);
    await town.db
      .updateTable("evidence.redaction")
      .set({ bytes_removed_at: at })
      .where("town", "=", town.id)
      .where("sha256", "=", sha256)
      .execute();
    return true;
  });
}
