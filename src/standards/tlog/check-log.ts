import { parseCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { cosignedAt } from "./cosignature.ts";
import { decodeEntries } from "./entries.ts";
import { HASH_BYTES, hashLeaves, rootOf, subtreeRoot } from "./hash.ts";
import { parseNote } from "./note.ts";
import { isSignedBy } from "./signer.ts";
import { hashFromTiles } from "./tile.ts";
import { FULL, tilePath } from "./tile-path.ts";

/** The bytes at a path of a tlog-tiles log (`checkpoint`, `tile/0/000`, `tile/entries/000.p/5`); null when there are none. */
export type ReadPath = (path: string) => Promise<Uint8Array | null>;

export type Whom = {
  /** Whoever may have signed the log: one of them must have. */
  readonly vkeys: readonly string[];
  readonly witnesses: readonly string[];
};

/** What was found: the log is whole, or the first thing that is not as it should be. `leaf` is the first bad one, where one is to blame. */
export type Verdict =
  | Flawed
  | {
      readonly holds: true;
      readonly checkpoint: Checkpoint;
      readonly cosigned: readonly { readonly vkey: string; readonly atSeconds: number }[];
    };

export type Flawed = { readonly holds: false; readonly why: Flaw; readonly path: string; readonly leaf: number | null };

export type Flaw =
  | "no-checkpoint"
  | "malformed-checkpoint"
  | "not-signed"
  | "missing"
  | "malformed-entries"
  | "leaf-differs"
  | "tile-differs"
  | "root-differs";

const AHEAD = 8;

/**
 * Hashes every entry of a log again and compares: entries with tiles, tiles with the tiles above, all with the signed root.
 * Reads every byte once; `progress` is told how many leaves are done.
 */
export async function checkLog(read: ReadPath, whom: Whom, progress: (leaves: number, of: number) => void): Promise<Verdict> {
  const bytes = await read("checkpoint");
  if (bytes === null) return flaw("no-checkpoint", "checkpoint");
  const text = new TextDecoder().decode(bytes);
  const note = parseNote(text);
  const checkpoint = note === null ? null : parseCheckpoint(note.text);
  if (checkpoint === null) return flaw("malformed-checkpoint", "checkpoint");
  if (!whom.vkeys.some((vkey) => isSignedBy(text, vkey))) return flaw("not-signed", "checkpoint");
  const wrong = await wrongTile(read, checkpoint, progress);
  if (wrong !== null) return wrong;
  const cosigned = whom.witnesses.flatMap((vkey) => {
    const atSeconds = cosignedAt(text, vkey);
    return atSeconds === null ? [] : [{ vkey, atSeconds }];
  });
  return { holds: true, checkpoint, cosigned };
}

async function wrongTile(
  read: ReadPath,
  { size, root }: Checkpoint,
  progress: (leaves: number, of: number) => void,
): Promise<Flawed | null> {
  const edge = new Map<string, Uint8Array>();
  let roots: Uint8Array[] = [];
  for await (const { index, width, ...kept } of leafTiles(read, 0, size)) {
    const tile = leafTile(index, width, kept);
    if ("holds" in tile) return tile;
    if (width === FULL) roots.push(subtreeRoot(tile.hashes));
    else edge.set(`0/${index}`, tile.hashes);
    progress(index * FULL + width, size);
  }
  for (let level = 1; roots.length > 0; level += 1) {
    const above: Uint8Array[] = [];
    for (let index = 0; index * FULL < roots.length; index += 1) {
      const within = roots.slice(index * FULL, (index + 1) * FULL);
      const path = tilePath({ level, index, width: within.length });
      const kept = await read(path);
      if (kept === null) return flaw("missing", path);
      const made = Buffer.concat(within);
      if (!made.equals(kept)) return flaw("tile-differs", path);
      if (within.length === FULL) above.push(subtreeRoot(made));
      else edge.set(`${level}/${index}`, made);
    }
    roots = above;
  }
  const made = rootOf(
    size,
    hashFromTiles((level, index) => edge.get(`${level}/${index}`) ?? null),
  );
  return Buffer.from(made).equals(root) ? null : flaw("root-differs", "checkpoint");
}

/** The first tile of leaves from the one that holds leaf `from` on whose entries do not hash to it; null when all do. */
export async function wrongLeafTile(read: ReadPath, from: number, size: number): Promise<Flawed | null> {
  for await (const { index, width, ...kept } of leafTiles(read, from, size)) {
    const tile = leafTile(index, width, kept);
    if ("holds" in tile) return tile;
  }
  return null;
}

type Kept = { readonly bundle: Uint8Array | null; readonly kept: Uint8Array | null };

/** Entries and hashes, tile after tile; the next ones are under way while one is hashed. */
async function* leafTiles(
  read: ReadPath,
  from: number,
  size: number,
): AsyncGenerator<Kept & { readonly index: number; readonly width: number }> {
  const ask = async (index: number) => {
    const width = Math.min(FULL, size - index * FULL);
    const [bundle, kept] = await Promise.all([
      read(tilePath({ level: "entries", index, width })),
      read(tilePath({ level: 0, index, width })),
    ]);
    return { index, width, bundle, kept };
  };
  const asked: ReturnType<typeof ask>[] = [];
  for (let index = Math.floor(from / FULL), next = index; index * FULL < size; index += 1) {
    for (; asked.length < AHEAD && next * FULL < size; next += 1) {
      const answer = ask(next);
      answer.catch(() => undefined); // told when its turn comes
      asked.push(answer);
    }
    const first = asked.shift();
    if (first !== undefined) yield await first;
  }
}

/** One tile of leaf hashes, made from its entries and compared with the one that is served. */
function leafTile(index: number, width: number, { bundle, kept }: Kept): Flawed | { readonly hashes: Uint8Array } {
  const [entriesPath, hashesPath] = [tilePath({ level: "entries", index, width }), tilePath({ level: 0, index, width })];
  if (bundle === null) return flaw("missing", entriesPath, index * FULL);
  if (kept === null) return flaw("missing", hashesPath, index * FULL);
  const entries = decodeEntries(bundle);
  if (entries === null) return flaw("malformed-entries", entriesPath, index * FULL);
  const hashes = hashLeaves(entries);
  if (hashes.equals(kept) && entries.length === width) return { hashes };
  if (kept.length !== width * HASH_BYTES) return flaw("tile-differs", hashesPath);
  // One entry more or less moves all that follow: the first that is not its hash is where it happened.
  const at = (bytes: Uint8Array, i: number) => Buffer.from(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  const first = Array.from({ length: width }, (_, i) => i).find((i) => !at(hashes, i).equals(at(kept, i)));
  return flaw("leaf-differs", entriesPath, index * FULL + (first ?? width));
}

function flaw(why: Flaw, path: string, leaf: number | null = null): Flawed {
  return { holds: false, why, path, leaf };
}
