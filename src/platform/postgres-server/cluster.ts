import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readFile, readdir, rename, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CannotStart, type Say } from "#platform/cannot-start";
import { MAJOR, program } from "./binaries.ts";
import type { Place } from "./place.ts";

const NEW_CLUSTER_BYTES = 300 * 1024 * 1024;
const RUNNING_BYTES = 64 * 1024 * 1024;

/**
 * Makes the cluster once. It is made beside and renamed when whole: one under its name is complete, a half-made one
 * (power lost during initdb) is made again. The data folder's lock keeps a second program from doing it at once.
 */
export async function makeCluster(place: Place, say: Say, password: string | null, isThrowaway: boolean): Promise<void> {
  if (existsSync(join(place.cluster, "PG_VERSION"))) return refuseOtherMajor(place);
  await refuseForeignFolder(place);
  await refuseFullDisk(place, NEW_CLUSTER_BYTES);
  const making = `${place.cluster}.making`;
  if (existsSync(making)) {
    say("上次建库没有完成，现在重新建库", "The last set-up of the database was not finished; it is made again");
    await rm(making, { recursive: true });
  }
  await initdb(place, making, password, isThrowaway);
  await rename(making, place.cluster);
  await flushFolder(dirname(place.cluster));
}

/** PostgreSQL stops in the middle of its work on a full disk; better not to begin. */
export async function refuseFullDisk(place: Place, wantedBytes = RUNNING_BYTES): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(place.cluster));
  const free = bavail * bsize;
  if (free >= wantedBytes) return;
  const [has, needs] = [free, wantedBytes].map((bytes) => Math.floor(bytes / 1024 / 1024));
  throw new CannotStart(
    `磁盘空间不足：${dirname(place.cluster)} 只剩 ${has} MB，至少需要 ${needs} MB。请腾出空间后再启动。`,
    `Not enough disk: ${dirname(place.cluster)} has ${has} MB left and needs ${needs} MB. Make room, then start again.`,
  );
}

async function refuseOtherMajor(place: Place): Promise<void> {
  const found = (await readFile(join(place.cluster, "PG_VERSION"), "utf8")).trim();
  if (found === MAJOR) return;
  throw new CannotStart(
    `${place.cluster} 是 PostgreSQL ${found} 的数据，本程序内置的是 PostgreSQL ${MAJOR}。请用当时的版本导出（pg_dump），再导入新的数据文件夹，见 docs/operations/upgrade.md。`,
    `${place.cluster} holds data of PostgreSQL ${found}; this program brings PostgreSQL ${MAJOR}. ` +
      "Dump it with the version that wrote it and load it into a new data folder, " +
      "see docs/operations/upgrade.md.",
  );
}

async function refuseForeignFolder(place: Place): Promise<void> {
  const found = await readdir(place.cluster).catch(() => []);
  if (found.length === 0) return;
  throw new CannotStart(
    `${place.cluster} 里有文件，但不是 PostgreSQL 的数据。请把它移走后再启动。`,
    `${place.cluster} holds files, but not those of a PostgreSQL database. Move it away, then start again.`,
  );
}

async function initdb(place: Place, folder: string, password: string | null, isThrowaway: boolean): Promise<void> {
  const passwordFile = join(dirname(place.cluster), "password");
  const output = await runAs(place, program(place.binaries, "initdb"), [
    `--pgdata=${folder}`,
    "--username=sanwen",
    "--encoding=UTF8",
    // Sorted by code point by PostgreSQL itself: the same on every system, whatever its C library thinks.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
    // The socket's folder is closed to everybody but the server's user (and root), so the socket needs no password.
    ...(password === null ? ["--auth-local=trust", "--auth-host=reject"] : ["--auth=scram-sha-256", `--pwfile=${passwordFile}`]),
    ...(isThrowaway ? ["--no-sync"] : []),
  ]);
  if (output === null) return;
  throw new CannotStart(`建库失败：${output}`, `Couldn't make the database: ${output}`);
}

/** Runs one of PostgreSQL's programs; null when it went well, else its last words. */
export async function runAs(place: Place, path: string, args: readonly string[]): Promise<string | null> {
  const child = spawn(path, args, { ...identity(place), cwd: "/", env: ENVIRONMENT, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const listen = (chunk: Buffer) => {
    said = `${said}${chunk.toString("utf8")}`.slice(-2000);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject);
  child.once("close", resolve);
  if ((await promise) === 0) return null;
  return /(?:error|FATAL|PANIC): .*/.exec(said)?.[0] ?? said.trim();
}

/** PG* variables of the person who starts us must not reach the server. */
export const ENVIRONMENT = { LC_ALL: "C", TZ: "UTC" };

export function identity(place: Place): { uid?: number; gid?: number } {
  return place.user === null ? {} : { uid: place.user.uid, gid: place.user.gid };
}

async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}
