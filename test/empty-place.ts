import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { settleWaiting } from "#office/settle-waiting";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { settleWith } from "#platform/settling";
import type { Town } from "#platform/town";
import { addressOf, cloneDatabase } from "./database.ts";
import { quickFolder } from "./quick-folder.ts";
import { testKeys } from "./town.ts";

/** A deployment before its first town: what is there already to set one up in. */
export async function aPlaceWithoutTowns(t: TestContext): Promise<Town> {
  const database = await cloneDatabase();
  const folder = await mkdtemp(join(await quickFolder(), "sanwen-"));
  const db = openDatabase({ connectionString: addressOf(database.name), max: 4 });
  settleWith(db, settleWaiting);
  t.after(async () => {
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  return { id: "", db, keys: testKeys(), blobs: openBlobs(folder) };
}
