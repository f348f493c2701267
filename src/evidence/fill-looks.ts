import type { Town } from "#platform/town";
import { lookOf, TOO_PLAIN } from "./look.ts";

const MOST_AT_ONCE = 200;

/** Looks at files from before there were looks, some at a time; returns how many. Bytes that are gone look like nothing. */
export async function fillLooks(town: Town): Promise<number> {
  const files = await town.db
    .selectFrom("evidence.file")
    .select("sha256")
    .where("town", "=", town.id)
    .where("look", "is", null)
    .orderBy("sha256")
    .limit(MOST_AT_ONCE)
    .execute();
  for (const { sha256 } of files) {
    const bytes = await town.blobs.get(town.id, sha256);
    const look = bytes === null ? TOO_PLAIN : await lookOf(bytes);
    await town.db.updateTable("evidence.file").set({ look }).where("town", "=", town.id).where("sha256", "=", sha256).execute();
  }
  return files.length;
}
