import { batchAfterBatch, eachByItself } from "#platform/each-by-itself";
import type { Town } from "#platform/town";
import { TOO_PLAIN } from "./look.ts";
import { lookOf } from "./own-picture.ts";

const MOST_AT_ONCE = 200;

type Unlooked = { readonly sha256: string };

/**
 * Looks at files from before there were looks, until none is left; returns how many. Bytes that are gone look like nothing. One that
 * cannot be read or decoded is left for the next time and holds up no other.
 */
export async function fillLooks(town: Town): Promise<number> {
  const unlooked = batchAfterBatch<Unlooked>(MOST_AT_ONCE, (after) =>
    town.db
      .selectFrom("evidence.file")
      .select("sha256")
      .where("town", "=", town.id)
      .where("look", "is", null)
      .where("sha256", ">", after?.sha256 ?? "")
      .orderBy("sha256")
      .limit(MOST_AT_ONCE)
      .execute(),
  );
  return eachByItself(unlooked, "look at files", async ({ sha256 }) => {
    const bytes = await town.blobs.get(town.id, sha256);
    const look = bytes === null ? TOO_PLAIN : await lookOf(bytes);
    await town.db.updateTable("evidence.file").set({ look }).where("town", "=", town.id).where("sha256", "=", sha256).execute();
    return true;
  });
}
