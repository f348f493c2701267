import { batchAfterBatch, eachByItself } from "#platform/each-by-itself";
import { transact, type Town } from "#platform/town";
import { Refusal, type RefusalCode } from "#refusals";
import { decode } from "./decoder.ts";
import { lockFile } from "./lock-file.ts";
import { hashOf } from "./keep-file.ts";
import { sealFirstPage } from "./first-page.ts";
import type { Picture } from "./picture.ts";
import { readDocument } from "./read-document.ts";

const MOST_AT_ONCE = 50;

type Waiting = { readonly sha256: string };

/**
 * By the clock: draws the first page of every PDF that waits for it, once. A document that cannot be drawn is kept as it is, with the
 * reason why it has no picture. While the decoder is busy the rest waits for the next run. Returns how many were tried.
 */
export async function drawFirstPages(town: Town, at: Date): Promise<number> {
  const waiting = batchAfterBatch<Waiting>(MOST_AT_ONCE, (after) =>
    town.db
      .selectFrom("evidence.first_page")
      .select("sha256")
      .where("town", "=", town.id)
      .where("tried_at", "is", null)
      .where("sha256", ">", after?.sha256 ?? "")
      .orderBy("sha256")
      .limit(MOST_AT_ONCE)
      .execute(),
  );
  return eachByItself(waiting, "draw first pages", async ({ sha256 }) => {
    const drawn = await drawnPage(town, sha256);
    if (drawn === "file/busy") return false;
    await keep(town, at, sha256, drawn);
    return true;
  });
}

/** The picture, or why there is none. */
async function drawnPage(town: Town, sha256: string): Promise<Picture | RefusalCode> {
  const document = await readDocument(town, sha256);
  if (document === null) return "file/unknown";
  try {
    return await decode(`first page/${town.id}`, document.bytes);
  } catch (error) {
    // Whatever crashed the decoder's process would crash it again.
    return error instanceof Refusal ? error.code : "document/unreadable";
  }
}

/** The bytes are safe on disk before the row says so. */
async function keep(town: Town, at: Date, sha256: string, drawn: Picture | RefusalCode): Promise<void> {
  await transact(town, async (town) => {
    await lockFile(town, sha256);
    const row = await town.db
      .selectFrom("evidence.first_page")
      .select("sha256")
      .where("town", "=", town.id)
      .where("sha256", "=", sha256)
      .where("tried_at", "is", null)
      .executeTakeFirst();
    if (row === undefined) return; // forgotten meanwhile
    await town.db
      .updateTable("evidence.first_page")
      .set({ tried_at: at, ...(typeof drawn === "string" ? { because: drawn } : await kept(town, sha256, drawn)) })
      .where("town", "=", town.id)
      .where("sha256", "=", sha256)
      .execute();
  });
}

async function kept(town: Town, sha256: string, { full, width, height }: Picture) {
  const sealed = sealFirstPage(town, sha256, full);
  await town.blobs.put(town.id, sealed);
  return { sealed_sha256: hashOf(sealed), width, height };
}
