import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError, type PoolConfig } from "pg";
import { unlessAway } from "#platform/away";
import { CannotStart } from "#platform/cannot-start";
import { isAlive, programOf } from "#platform/other-process";
import type { Place } from "./place.ts";

/** A server that answers on our cluster. */
export type Running = { readonly pid: number; readonly connection: PoolConfig };

const RECOVERY_WAIT_MS = 60_000;

/**
 * Finds the server that runs on our cluster: one that was left behind when the program was killed, or the one of the
 * program that runs now. Any process we cannot prove to be ours is refused, never touched.
 */
export async function findRunning(place: Place, password: string | null): Promise<Running | null> {
  const file = await readPidFile(place);
  if (file === null || !isAlive(file.pid)) return null;
  const program = programOf(file.pid);
  if (program !== null && !/postgres/.test(program)) return null; // after a restart of the machine the number may belong to anything
  const connection = connectionTo(file.socketFolder || place.socketFolder, file.port, password);
  const until = Date.now() + RECOVERY_WAIT_MS;
  for (;;) {
    const answer = await whoAnswers(connection);
    if (!isAlive(file.pid)) return null;
    if (answer === "not now" && Date.now() < until) {
      await sleep(50);
      continue;
    }
    if (typeof answer === "object" && answer.pid === file.pid && (await isSameFolder(answer.folder, place.cluster)))
      return { pid: file.pid, connection };
    throw foreign(place, file.pid);
  }
}

export function connectionTo(host: string, port: number, password: string | null): PoolConfig {
  return { host, port, user: "sanwen", database: "sanwen", ...(password === null ? {} : { password }) };
}

export type PidFile = {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly sharedMemory: string;
  readonly status: string;
};

/** postmaster.pid, line by line as in PostgreSQL's src/include/utils/pidfile.h. */
export async function readPidFile(place: Place): Promise<PidFile | null> {
  const text = await readFile(join(place.cluster, "postmaster.pid"), "utf8").catch(() => null);
  const lines = text?.split("\n").map((line) => line.trim()) ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return {
    pid,
    port: Number(lines[3]),
    socketFolder: process.platform === "win32" ? "127.0.0.1" : (lines[4] ?? ""),
    sharedMemory: lines[6] ?? "",
    status: lines[7] ?? "",
  };
}

type Answer = { readonly pid: number; readonly folder: string } | "not now" | "a stranger";

async function whoAnswers(connection: PoolConfig): Promise<Answer> {
  const client = new Client({ ...connection, database: "postgres", connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // a lost connection also fails the query that waits for it
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: string; folder: string }>(
      "select split_part(pg_read_file('postmaster.pid'), chr(10), 1) as pid, current_setting('data_directory') as folder",
    );
    const [row] = rows;
    return row === undefined ? "a stranger" : { pid: Number(row.pid), folder: row.folder };
  } catch (error) {
    // Only what a server answers tells whose it is. No socket yet: it has only just begun. A connection that breaks: it is just ending,
    // and a killed one lets go of its sockets before it counts as dead.
    return error instanceof DatabaseError && unlessAway(error) === error ? "a stranger" : "not now";
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isSameFolder(a: string, b: string): Promise<boolean> {
  return (await realpath(a)) === (await realpath(b));
}

function foreign(place: Place, pid: number): CannotStart {
  return new CannotStart(
    `有一个不是本程序启动的 PostgreSQL（进程号 ${pid}）正占用 ${place.cluster}。请先停止它，再启动本程序。`,
    `A PostgreSQL that this program did not start (pid ${pid}) uses ${place.cluster}. Stop it first, then start again.`,
  );
}
