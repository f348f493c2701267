import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Town } from "#platform/town";
import { readTile } from "#log/queries";
import { newestCheckpoint } from "#proof/queries";
import { tilesOf } from "#standards/tlog/tile";
import { tilePath } from "#standards/tlog/tile-path";

/** The files of a town's log, as a reader copies them. */
export async function copyOf(town: Town, folder: string): Promise<void> {
  const checkpoint = await newestCheckpoint(town);
  for (const tile of tilesOf(checkpoint?.size ?? 0)) {
    const path = join(folder, tilePath(tile));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, (await readTile(town, tile)) ?? "");
  }
  await writeFile(join(folder, "checkpoint"), checkpoint?.note ?? "");
}
