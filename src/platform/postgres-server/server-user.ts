import { execFile } from "node:child_process";
import { lstat, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";
import { CannotStart } from "#platform/cannot-start";

/** The unprivileged user the database server runs as when the program was started as root. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number };

const run = promisify(execFile);

/**
 * PostgreSQL refuses to run as root, rightly. Null means: as whoever runs the program. Otherwise, in this order: who owns
 * the database already, who owns the data folder, a user `sanwen` if the machine has one, `nobody`.
 */
export async function serverUser(dataFolder: string, cluster: string | null): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  return (
    (await ownerOf(cluster)) ?? (await ownerOf(dataFolder)) ?? (await userNamed("sanwen")) ?? (await userNamed("nobody")) ?? nobodyLeft()
  );
}

async function ownerOf(path: string | null): Promise<ServerUser | null> {
  const owned = path === null ? null : await stat(path).catch(() => null);
  if (owned === null || owned.uid === 0) return null;
  const name = await ask("-un", String(owned.uid));
  return { name: name ?? String(owned.uid), uid: owned.uid, gid: owned.gid };
}

async function userNamed(name: string): Promise<ServerUser | null> {
  const [uid, gid] = [await ask("-u", name), await ask("-g", name)];
  return uid === null || gid === null || uid === "0" ? null : { name, uid: Number(uid), gid: Number(gid) };
}

/** `id` also knows users that are not in /etc/passwd. */
async function ask(what: string, user: string): Promise<string | null> {
  return run("id", [what, user]).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
}

function nobodyLeft(): never {
  throw new CannotStart(
    "本程序以 root 启动，但系统里没有可用来运行数据库的普通用户。请创建一个：useradd --system sanwen",
    "Started as root, but there is no unprivileged user to run the database as. Make one: useradd --system sanwen",
  );
}

/** Whether the user can pass every folder down to this path, and read and enter (or run) the path itself. */
export async function mayReach(path: string, user: ServerUser): Promise<boolean> {
  const full = resolve(path);
  if (!(await allows(full, user, 0o5))) return false;
  for (let folder = dirname(full); ; folder = dirname(folder)) {
    if (!(await allows(folder, user, 0o1))) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Supplementary groups do not count: the server is started without them. */
async function allows(path: string, user: ServerUser, wanted: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null) return false;
  const shift = found.uid === user.uid ? 6 : found.gid === user.gid ? 3 : 0;
  return ((found.mode >> shift) & wanted) === wanted;
}

/** Whether a private folder is really ours to use: not a link, not somebody else's, closed to others. */
export async function isPrivate(path: string, user: ServerUser | null): Promise<boolean> {
  const found = await lstat(path);
  return found.isDirectory() && found.uid === (user?.uid ?? process.getuid?.() ?? found.uid) && (found.mode & 0o077) === 0;
}
