import { openSealedBytes, sealFor } from "#platform/sealing";
import type { Town } from "#platform/town";

/** The page of a sealed document is sealed as the document is. */
export function sealFirstPage(town: Town, sha256: string, picture: Uint8Array): Buffer {
  return sealFor(town.keys, "original", picture, `first-page/${town.id}/${sha256}`);
}

/**
 * The first page of a document as a picture; null when there is none, the document was withdrawn, or its bytes are gone. Whether the asker
 * may see it is the door's question, as with the document itself.
 */
export async function readFirstPage(town: Town, sha256: string): Promise<Buffer | null> {
  const row = await town.db
    .selectFrom("evidence.first_page as p")
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "p.town").onRef("r.sha256", "=", "p.sha256"))
    .select("p.sealed_sha256 as sealed")
    .where("p.town", "=", town.id)
    .where("p.sha256", "=", sha256)
    .where("r.sha256", "is", null)
    .executeTakeFirst();
  const sealed = row === undefined || row.sealed === null ? null : await town.blobs.get(town.id, row.sealed);
  return sealed === null ? null : openSealedBytes(town.keys, "original", sealed, `first-page/${town.id}/${sha256}`);
}
