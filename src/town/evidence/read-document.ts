import type { Town } from "#platform/town";
import { DOCUMENTS } from "./document.ts";
import { openOriginal } from "./original.ts";

export type Document = { readonly bytes: Buffer; readonly mediaType: string; readonly ending: string };

/**
 * A document as it was sent, by its hash; null when there is none, it was withdrawn, or its bytes are gone. Whether the asker may read it
 * is the door's question: it is nobody's who may not open what it is used for.
 */
export async function readDocument(town: Town, sha256: string): Promise<Document | null> {
  const row = await town.db
    .selectFrom("evidence.file as f")
    .innerJoin("evidence.original as o", (join) => join.onRef("o.town", "=", "f.town").onRef("o.sha256", "=", "f.sha256"))
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "f.town").onRef("r.sha256", "=", "f.sha256"))
    .select(["f.media_type as mediaType", "o.sealed_sha256 as sealed"])
    .where("f.town", "=", town.id)
    .where("f.sha256", "=", sha256)
    .where("r.sha256", "is", null)
    .executeTakeFirst();
  const kind = Object.values(DOCUMENTS).find(({ mediaType }) => mediaType === row?.mediaType);
  if (row === undefined || kind === undefined) return null;
  const sealed = await town.blobs.get(town.id, row.sealed);
  const bytes = sealed === null ? null : openOriginal(town, sha256, sealed);
  return bytes === null ? null : { bytes, ...kind };
}
