import { mkdir, readFile, rm } from "node:fs/promises";
import { writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "./cannot-start.ts";
import { isAlive } from "./other-process.ts";

const sqliteBusy = 5; // https://www.sqlite.org/rescode.html#busy
const pidTries = 20; // the holder writes its number right after it has the lock

/** Kept here too, because a lock that nobody refers to is closed by the garbage collector. */
const held = new Set<DatabaseSync>();

export type FolderLock = { release(): Promise<void> };

/** What the program itself keeps there: photos, and what it signed last. */
const INSIDE = ["files", "log"] as const;

/**
 * Makes the folder, and those in it that are ours: what cannot be written is said now, not to whoever sends the first photo. Started as
 * root, others may pass through it (not list it), because the database server runs as somebody else.
 */
export async function makeDataFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  for (const name of INSIDE) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
}

/** Does `work`; what the system refuses in the folder meanwhile becomes the sentence for whoever started the program. */
export async function inDataFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isRefusedIn(folder, error) ? notWritable(folder, error) : error;
  }
}

function isRefusedIn(folder: string, error: unknown): boolean {
  if (!(error instanceof Error && "path" in error && typeof error.path === "string")) return false;
  return error.path === folder || error.path.startsWith(folder + sep);
}

/**
 * One program a data folder. The lock is the operating system's own, taken on an empty file by SQLite, the one library that takes
 * such locks alike on every system: it ends with its holder however that ends, so no lock is ever stale. Nothing else may open the
 * file: on POSIX a process that closes any descriptor of a file drops its locks on it. Who holds it stands in a file beside it.
 */
export async function lockDataFolder(folder: string): Promise<FolderLock> {
  const lock = openLock(folder);
  try {
    lock.exec("pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    lock.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) throw inUse(folder, await holderOf(folder));
    throw notWritable(folder, error);
  }
  held.add(lock);
  const pid = pidFile(folder);
  try {
    writeFileSync(pid, String(process.pid));
  } catch (cause) {
    held.delete(lock);
    lock.close();
    throw cause;
  }
  return {
    async release() {
      await rm(pid, { force: true });
      held.delete(lock);
      lock.close();
    },
  };
}

function openLock(folder: string): DatabaseSync {
  try {
    return new DatabaseSync(join(folder, "program.lock"), { timeout: 0 });
  } catch (cause) {
    throw notWritable(folder, cause);
  }
}

async function holderOf(folder: string): Promise<number | null> {
  for (let tries = 0; tries < pidTries; tries += 1) {
    const pid = Number(await readFile(pidFile(folder), "utf8").catch(() => ""));
    if (pid > 0 && isAlive(pid)) return pid;
    await wait(50);
  }
  return null;
}

function pidFile(folder: string): string {
  return join(folder, "program.pid");
}

function notWritable(folder: string, cause: unknown): CannotStart {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CannotStart(
    `无法写入数据文件夹 ${folder}（${why}）。请检查权限、磁盘是否只读或已满，或把 SANWEN_DATA 设为可写的文件夹。`,
    `Couldn't write in the data folder ${folder} (${why}). Look at its permissions and whether the disk is read-only or ` +
      "full, or set SANWEN_DATA to a folder that can be written.",
    cause,
  );
}

function inUse(folder: string, pid: number | null): CannotStart {
  return new CannotStart(
    `数据文件夹 ${folder} 正被另一个进程使用（进程号 ${pid ?? "不明"}）。请先停止它，或把 SANWEN_DATA 设为别的文件夹。`,
    `The data folder ${folder} is in use by another process (pid ${pid ?? "unknown"}). ` +
      "Stop that one first, or set SANWEN_DATA to another folder.",
  );
}
