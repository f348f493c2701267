import type { ReadPath } from "./check-log.ts";
import { decodeEntries } from "./entries.ts";
import { FULL, tilePath } from "./tile-path.ts";

/** The entries of a log's first `size` leaves in their order, tile after tile. Throws where a file is missing or malformed. */
export async function* readEntries(read: ReadPath, size: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index * FULL < size; index += 1) {
    const width = Math.min(FULL, size - index * FULL);
    const path = tilePath({ level: "entries", index, width });
    const bundle = await read(path);
    const entries = bundle === null ? null : decodeEntries(bundle);
    if (entries?.length !== width) throw new Error(`couldn't read ${path}: ${bundle === null ? "missing" : "malformed"}`);
    yield* entries;
  }
}
