import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Town } from "#platform/town";
import { readTile } from "#log/queries";
import { newestCheckpoint } from "#proof/queries";
import { tilesOf } from "#standards/tlog/tile";
import { tilePath } from "#standards/tlog/tile-path";
import type { Roof } from "./roof.ts";

/** Writes the log as files, as it is served: for a copy elsewhere that anybody can check. The checkpoint comes last. */
export async function exportLog(roof: Pick<Roof, "progress" | "print" | "complain">, town: Town, folder: string): Promise<number> {
  const checkpoint = await newestCheckpoint(town);
  if (checkpoint === null) {
    roof.complain("日志里还没有内容 / The log is empty");
    return 1;
  }
  const tiles = tilesOf(checkpoint.size);
  for (const [done, tile] of tiles.entries()) {
    const bytes = await readTile(town, tile);
    if (bytes === null) throw new Error(`couldn't export the log: ${tilePath(tile)} is missing`);
    const path = join(folder, tilePath(tile));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    roof.progress(done + 1, tiles.length);
  }
  await writeFile(join(folder, "checkpoint"), checkpoint.note);
  roof.print(`${checkpoint.size} 条已写到 ${folder} / ${checkpoint.size} leaves written to ${folder}`);
  return 0;
}
