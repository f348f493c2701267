import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { freeBytesOf } from "./room.ts";

/** Files of a town by their SHA-256, in lower-case hex. */
export type Blobs = {
  /** Writes the bytes and returns their hash once they are safe on disk. The same bytes again cost nothing. */
  put(town: string, bytes: Uint8Array): Promise<string>;
  get(town: string, sha256: string): Promise<Buffer | null>;
  remove(town: string, sha256: string): Promise<void>;
  /** What is left on their disk, which is that of the data folder. */
  freeBytes(): Promise<number>;
};

export function openBlobs(folder: string): Blobs {
  const pathOf = (town: string, sha256: string) => join(folder, town, sha256.slice(0, 2), sha256);
  return {
    async put(town, bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const path = pathOf(town, sha256);
      if (!(await stat(path).catch(() => null))) await writeDurably(path, bytes);
      return sha256;
    },
    async get(town, sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
      return readFile(pathOf(town, sha256)).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === "ENOENT") return null;
        throw new Error(`couldn't read file ${sha256}`, { cause });
      });
    },
    freeBytes: () => freeBytesOf(folder).catch(() => freeBytesOf(dirname(folder))), // not there before the first file
    async remove(town, sha256) {
      await rm(pathOf(town, sha256), { force: true });
    },
  };
}

/** Written beside, flushed, then renamed: a crash leaves either the whole file or none under its name. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  const made = await mkdir(dirname(path), { recursive: true });
  // A folder made just now is itself an entry of the one above it, down from the first that was there.
  if (made !== undefined) await flushFolders(dirname(path), dirname(made));
  const file = await open(beside, "wx", 0o640);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  } finally {
    await file.close();
  }
  await rename(beside, path);
  await flushFolder(dirname(path));
}

async function flushFolders(from: string, to: string): Promise<void> {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    await flushFolder(folder);
    if (folder === to) return;
  }
}

async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return; // Windows opens no folder; NTFS journals its entries itself
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
