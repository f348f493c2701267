import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { CannotStart } from "./cannot-start.ts";
import { isAlive, startMarkOf } from "./other-process.ts";

const Holder = z.object({ pid: z.int().positive(), started: z.string().nullable() });
type Holder = z.infer<typeof Holder>;

export type FolderLock = { release(): Promise<void> };

/** Makes the folder; started as root, others may pass through it (not list it), because the database server runs as somebody else. */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (cause) {
    throw new CannotStart(
      `无法使用数据文件夹 ${folder}。请把 SANWEN_DATA 设为可写的文件夹。`,
      `Couldn't use the data folder ${folder}. Set SANWEN_DATA to a folder that can be written.`,
      cause,
    );
  }
}

/**
 * One program a data folder. The lock is a file naming its holder by process number and start; a holder that ended without
 * releasing it (kill -9, power) does not count. It is linked into place whole, so nobody ever reads half of one.
 */
export async function lockDataFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, "lock");
  const mine = `${path}.${process.pid}`;
  await writeFile(mine, JSON.stringify({ pid: process.pid, started: startMarkOf(process.pid) } satisfies Holder));
  try {
    while (!(await isLinked(mine, path))) {
      const found = await readFile(path, "utf8").catch(() => null);
      if (found === null) continue; // released meanwhile
      const holder = holderIn(found);
      if (holder !== null && stillRuns(holder)) throw inUse(folder, holder.pid);
      await clearStale(path, found);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return { release: () => rm(path, { force: true }) };
}

/** Who holds the folder now, if anybody. */
export async function holderOf(folder: string): Promise<number | null> {
  const found = await readFile(join(folder, "lock"), "utf8").catch(() => null);
  const holder = found === null ? null : holderIn(found);
  return holder !== null && stillRuns(holder) ? holder.pid : null;
}

async function isLinked(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function holderIn(text: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return null; // not written by us, or damaged: nobody holds it
  }
}

function stillRuns(holder: Holder): boolean {
  return isAlive(holder.pid) && startMarkOf(holder.pid) === holder.started;
}

/** Two starters may find the same stale lock: whoever moved away a lock that is no longer the stale one puts it back. */
async function clearStale(path: string, stale: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return; // the other starter was first
  }
  if ((await readFile(aside, "utf8")) !== stale) await isLinked(aside, path);
  await rm(aside, { force: true });
}

function inUse(folder: string, pid: number): CannotStart {
  return new CannotStart(
    `数据文件夹 ${folder} 正被另一个进程使用（进程号 ${pid}）。请先停止它，或把 SANWEN_DATA 设为别的文件夹。`,
    `The data folder ${folder} is in use by another process (pid ${pid}). Stop that one first, or set SANWEN_DATA to another folder.`,
  );
}
