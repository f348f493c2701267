import { readTile } from "#log/queries";
import type { Town } from "#platform/town";
import type { ReadPath } from "#standards/tlog/check-log";
import { parseTilePath } from "#standards/tlog/tile-path";
import { newestCheckpoint } from "./queries.ts";

/** Our own log, as the doors serve it. */
export function ownReader(town: Town): ReadPath {
  return async (path) => {
    if (path === "checkpoint") return Buffer.from((await newestCheckpoint(town))?.note ?? "", "utf8");
    const tile = parseTilePath(path);
    return tile === null ? null : readTile(town, tile);
  };
}
