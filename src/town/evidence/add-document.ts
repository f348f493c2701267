import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import type { Sent } from "./add-photo.ts";
import { DOCUMENT_BYTES } from "./bounds.ts";
import { DOCUMENTS, documentKindOf } from "./document.ts";
import { hashOf, keepFile } from "./keep-file.ts";
import { lockFile } from "./lock-file.ts";
import { findFile } from "./queries.ts";
import { keepUpload, lockUploads, whyNotWait, type Sender } from "./upload.ts";

const NO_CAMERA = { takenAt: null, position: null };

/**
 * Keeps a document as it was sent, sealed, and nothing of it in the open: it is for those who may open what it is used for. The first
 * page of a PDF waits to be drawn. Returns its hash. Refusals: document/too-large, document/not-one, file/unknown (it was withdrawn: it
 * does not come back), file/too-many-waiting.
 */
export async function addDocument(town: Town, by: Sender, at: Date, { bytes, sentFor }: Sent): Promise<string> {
  refuse(bytes.byteLength > DOCUMENT_BYTES ? "document/too-large" : null);
  const kind = documentKindOf(bytes);
  if (kind === null) throw new Refusal("document/not-one");
  const sha256 = hashOf(bytes);
  await transact(town, async (town) => {
    await lockUploads(town);
    await lockFile(town, sha256);
    const known = await findFile(town, sha256);
    if (known?.redacted === true) throw new Refusal("file/unknown");
    refuse(await whyNotWait(town, by, bytes.byteLength));
    const { mediaType } = DOCUMENTS[kind];
    if (known === null) await keepFile(town, by, at, { sha256, mediaType, original: bytes, picture: null, camera: NO_CAMERA });
    if (known === null && kind === "pdf") await town.db.insertInto("evidence.first_page").values({ town: town.id, sha256 }).execute();
    await keepUpload(town, by, at, { sha256, sentFor, bytes: bytes.byteLength });
  });
  return sha256;
}
