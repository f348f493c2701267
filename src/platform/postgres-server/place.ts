import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, lchown, mkdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CannotStart, type Say } from "#platform/cannot-start";
import { reachableBinaries } from "./binaries.ts";
import { isPrivate, mayReach, serverUser, type ServerUser } from "./server-user.ts";

/** Where the embedded server's things are, and as whom it runs. */
export type Place = {
  /** Null: as whoever runs the program. */
  readonly user: ServerUser | null;
  readonly binaries: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly socketFolder: string;
  readonly logFile: string;
};

/** Where both go when the server's user cannot reach the data folder or the program. */
const REACHABLE = "/var/lib/sanwen";

export const SOCKET_NAME = ".s.PGSQL.5432";

// sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing NUL included (unix(7)).
const LONGEST_SOCKET_BYTES = process.platform === "darwin" ? 103 : 107;

export async function placeOf(dataFolder: string, say: Say): Promise<Place> {
  const moved = join(dataFolder, "postgres-is-at");
  const known = await readFile(moved, "utf8")
    .then((text) => text.trim())
    .catch(() => null);
  if (known !== null && !existsSync(known)) throw gone(dataFolder, known, moved);
  const inside = join(dataFolder, "postgres");
  const user = await serverUser(dataFolder, join(known ?? inside, "cluster"));
  const home = known ?? (await reachableHome(dataFolder, inside, user));
  await makeOwned(home, user);
  if (home !== inside) {
    if (known === null) await writeFile(moved, `${home}\n`);
    say(
      `数据库文件位于 ${home}（数据库用户进不了 ${dataFolder}）`,
      `The database files are in ${home} (the database's user cannot reach ${dataFolder})`,
    );
  }
  const binaries = await reachableBinaries(user, REACHABLE, say);
  return { user, binaries, cluster: join(home, "cluster"), socketFolder: await socketFolder(home, user, say), logFile: join(home, "log") };
}

/** Next to the rest of the data; else, under a name that the same data folder always gets, where the server's user can go. */
async function reachableHome(dataFolder: string, inside: string, user: ServerUser | null): Promise<string> {
  if (user === null || existsSync(join(inside, "cluster")) || (await mayReach(dataFolder, user)) || (await mayPass(dataFolder, user)))
    return inside;
  const name = `${basename(dataFolder)}-${shortHash(await realpath(dataFolder))}`;
  return join(REACHABLE, name, "postgres");
}

/** A folder one may pass through without reading it is enough: the database's own folder lies below. */
async function mayPass(dataFolder: string, user: ServerUser): Promise<boolean> {
  const probe = join(dataFolder, `.probe-${process.pid}`);
  await mkdir(probe, { mode: 0o755 });
  try {
    return await mayReach(probe, user);
  } finally {
    await rm(probe, { recursive: true });
  }
}

/** Closed to everybody but the server's user; the way to it may be passed. */
async function makeOwned(folder: string, user: ServerUser | null): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true, mode: user === null ? 0o700 : 0o711 });
  const making = `${folder}.making-${process.pid}`;
  await mkdir(making, { mode: 0o700 });
  if (user !== null) await chown(making, user.uid, user.gid);
  await rename(making, folder);
}

async function socketFolder(home: string, user: ServerUser | null, say: Say): Promise<string> {
  const inside = join(home, "socket");
  if (Buffer.byteLength(join(inside, SOCKET_NAME)) <= LONGEST_SOCKET_BYTES) {
    await makeOwned(inside, user);
    return inside;
  }
  const short = `/tmp/sanwen-${shortHash(home)}`;
  await mkdir(short, { mode: 0o700 }).then(
    async () => user !== null && lchown(short, user.uid, user.gid),
    (cause: NodeJS.ErrnoException) => {
      if (cause.code !== "EEXIST") throw cause;
    },
  );
  // Anybody may make a folder in /tmp before us; only one that nobody else can enter will do.
  if (!(await isPrivate(short, user))) {
    throw new CannotStart(
      `${short} 不归本程序所有，请删除它，或缩短数据文件夹的路径。`,
      `${short} does not belong to this program. Remove it, or give the data folder a shorter path.`,
    );
  }
  say(`路径太长，数据库的套接字放在 ${short}`, `The path is too long for a socket; the database's socket is in ${short}`);
  return short;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function gone(dataFolder: string, home: string, moved: string): CannotStart {
  return new CannotStart(
    `${dataFolder} 的数据库应在 ${home}，但那里没有。请恢复该文件夹；若确实要从空白开始，请删除 ${moved}。`,
    `The database of ${dataFolder} should be in ${home}, but is not there. Restore that folder; to really begin anew, remove ${moved}.`,
  );
}
