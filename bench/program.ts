import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Ledger } from "./ledgers.ts";

const HERE = join(import.meta.dirname, "..");
/** Where the program as the bench runs it is built. */
export const PROGRAM = "dist/bench";
const START_WAIT_MS = 60_000;

export type Started = {
  readonly origin: string;
  readonly pid: number;
  /** From the start of the process to its first page. */
  readonly startMs: number;
  stop(): Promise<void>;
};

/** Starts the real program of a checkout on a ledger, as `npm start` does, and waits for its first page. */
export async function startProgram(ledger: Ledger, root = HERE): Promise<Started> {
  const env = { ...process.env, PORT: "0", SANWEN_DATA: ledger.folder, NODE_ENV: "production", DATABASE_URL: ledger.databaseUrl ?? "" };
  const own = join(root, PROGRAM, "beyond-a-town.mjs"); // an older checkout had no such bound, and ran from its sources
  return start([existsSync(own) ? own : "src/main/cli.ts", "start"], { env, cwd: root }, "/ledger");
}

/** Starts the floor: `bench/floor.ts` with the queries it is to run. */
export async function startFloor(plan: string): Promise<Started> {
  return start(["bench/floor.ts"], { env: { ...process.env, FLOOR: plan }, cwd: HERE }, "/");
}

async function start(
  args: readonly string[],
  where: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
  firstPage: string,
): Promise<Started> {
  const began = performance.now();
  const profile = process.env["BENCH_PROFILE"];
  const flags = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...flags, ...args], { ...where, stdio: ["ignore", "pipe", "inherit"] });
  const origin = await originOf(child);
  const response = await fetch(origin + firstPage);
  if (response.status !== 200) throw new Error(`couldn't start ${args.join(" ")}: ${firstPage} answers ${response.status}`);
  await response.arrayBuffer();
  return {
    origin,
    pid: child.pid ?? 0,
    startMs: performance.now() - began,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function originOf(child: ChildProcess): Promise<string> {
  let said = "";
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => reject(new Error(`couldn't start: no address after a minute\n${said}`)), START_WAIT_MS);
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    const address = /http:\/\/localhost:(\d+)/.exec(said);
    if (address !== null) resolve(`http://127.0.0.1:${address[1]}`);
  });
  child.once("exit", (code) => reject(new Error(`couldn't start: exit ${code}\n${said}`)));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Memory of the program with the database it runs, in MB: proportional set sizes, so that pages shared by PostgreSQL's
 * processes count once. Null where /proc does not tell.
 */
export function memoryMb(started: Started, ledger: Ledger): number | null {
  try {
    const postmaster = ledger.databaseUrl === null ? postmasterOf(ledger) : null;
    const pids = [started.pid, ...(postmaster === null ? [] : [postmaster, ...childrenOf(postmaster)])];
    const kb = pids.map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? Number.NaN));
    const sum = kb.reduce((total, part) => total + part, 0) / 1024;
    return Number.isNaN(sum) ? null : sum;
  } catch {
    return null;
  }
}

function postmasterOf(ledger: Ledger): number {
  let home = join(ledger.folder, "postgres");
  try {
    home = readFileSync(join(ledger.folder, "postgres-is-at"), "utf8").trim();
  } catch {
    // It lies in the data folder itself.
  }
  return Number(readFileSync(join(home, "cluster/postmaster.pid"), "utf8").split("\n")[0]);
}

function childrenOf(pid: number): readonly number[] {
  const parent = (candidate: string) => Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${candidate}/status`, "utf8"))?.[1] ?? 0);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return parent(name) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}
