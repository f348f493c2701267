import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { isAlive } from "#platform/other-process";
import { quickFolder } from "./quick-folder.ts";

const ROOT = join(import.meta.dirname, "..");

/** A data folder of its own; whatever database server still runs on it after the test is stopped. */
export async function aDataFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(await quickFolder(), "sanwen-run-"));
  await chmod(folder, 0o711);
  t.after(async () => {
    const pid = await serverPid(folder);
    if (pid !== null) await stopAtOnce(pid);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

async function stopAtOnce(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, "SIGQUIT");
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

export async function serverPid(folder: string): Promise<number | null> {
  const text = await readFile(join(folder, "postgres/cluster/postmaster.pid"), "utf8").catch(() => null);
  return text === null ? null : Number(text.split("\n")[0]);
}

export type Said = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a command line to its end, in an environment of its own. */
export async function sanwen(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const child = begin(folder, args, env);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const [code]: (number | null)[] = await once(child, "close");
  return { code: code ?? null, out: out.text, err: err.text };
}

/** A started program: `origin` once its doors are open. */
export async function aProgram(t: TestContext, folder: string, env: Readonly<Record<string, string>> = {}) {
  const child = begin(folder, ["start"], { PORT: "0", ...env });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const ended = once(child, "close");
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  while (!/Sanwen is running: (\S+)/.test(out.text) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  const origin = /Sanwen is running: http:\/\/localhost:(\d+)/.exec(out.text);
  if (origin?.[1] === undefined) throw new Error(`the program did not start: ${out.text}${err.text}`);
  return {
    origin: `http://127.0.0.1:${origin[1]}`,
    pid: child.pid ?? 0,
    said: () => out.text,
    /** Its exit code, once it ended by itself. */
    ended: ended.then(() => child.exitCode),
    /** Sends a signal and waits for the end; resolves to the exit code. */
    end: async (signal: NodeJS.Signals): Promise<number | null> => {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

function begin(folder: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  return spawn(process.execPath, [join(ROOT, "dist/program/cli.mjs"), ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "", SANWEN_DATA: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function collect(stream: NonNullable<ChildProcess["stdout"]>): { text: string } {
  const collected = { text: "" };
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    collected.text += chunk;
  });
  return collected;
}
