import { readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CannotStart, type Say } from "#platform/cannot-start";
import { SOCKET_NAME, type Place } from "./place.ts";
import { readPidFile, type PidFile } from "./running.ts";

/** The longest a statement may run (platform/database.ts), and as much again to roll back. */
const LONGEST_WAIT_MS = 60_000;
const SAY_AFTER_MS = 500;

/**
 * Clears away what a killed server left: its number in two lock files, and backends that have not noticed yet. PostgreSQL itself
 * would refuse to start, as long as a backend is attached to the old memory, and as long as nobody collected the dead process (in a
 * container without an init, for ever). The caller has made sure that the server does not run.
 */
export async function clearRemains(place: Place, say: Say): Promise<void> {
  const file = await readPidFile(place);
  if (file === null) return;
  await untilNobodyIsAttached(place, file, say);
  await rm(join(place.cluster, "postmaster.pid"), { force: true });
  const socketLock = join(file.socketFolder || place.socketFolder, `${SOCKET_NAME}.lock`);
  const holder = Number((await readFile(socketLock, "utf8").catch(() => "")).split("\n", 1)[0]);
  if (holder === file.pid) await rm(socketLock, { force: true });
}

async function untilNobodyIsAttached(place: Place, file: PidFile, say: Say): Promise<void> {
  const begun = Date.now();
  let said = false;
  while (isAttached(file)) {
    const waitedMs = Date.now() - begun;
    if (waitedMs > LONGEST_WAIT_MS) throw stillAttached(place, file);
    if (waitedMs > SAY_AFTER_MS && !said) {
      said = true;
      say(
        `上一个数据库（进程号 ${file.pid}）被强行终止，正在等它的子进程结束，最多一分钟`,
        `The former database (pid ${file.pid}) was killed; waiting for its last processes to end, a minute at most`,
      );
    }
    await sleep(50);
  }
}

/** Whether a process, be it an orphaned backend, uses the shared memory that the file names: its key is the cluster's own inode. */
function isAttached(file: PidFile): boolean {
  const [key, id] = file.sharedMemory.split(/\s+/);
  return sharedMemories().some((line) => line[0] === key && line[1] === id && Number(line[6]) > 0);
}

/** The columns are: key shmid perms size cpid lpid nattch … */
function sharedMemories(): readonly string[][] {
  try {
    return readFileSync("/proc/sysvipc/shm", "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/));
  } catch {
    return []; // not Linux: PostgreSQL itself looks again when it starts
  }
}

function stillAttached(place: Place, file: PidFile): CannotStart {
  return new CannotStart(
    `上一个数据库（进程号 ${file.pid}）的子进程一分钟后仍在使用 ${place.cluster}。请先停止这些 postgres 进程，再启动本程序。`,
    `Processes of the former database (pid ${file.pid}) still use ${place.cluster} after a minute. ` +
      "Stop those postgres processes, then start again.",
  );
}
