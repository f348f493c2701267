import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, open, readFile, rename, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, type PoolConfig } from "pg";
import { CannotStart, type Say } from "#platform/cannot-start";
import { isAlive } from "#platform/other-process";
import { program } from "./binaries.ts";
import { ENVIRONMENT, identity, makeCluster, refuseFullDisk, runAs } from "./cluster.ts";
import { placeOf, type Place } from "./place.ts";
import { clearRemains } from "./remains.ts";
import { connectionTo, findRunning, readPidFile, type Running } from "./running.ts";

export type PostgresServer = {
  /** As the owner of the schemas; the application has a login of its own (platform/login-role.ts). */
  readonly connection: PoolConfig;
  readonly pid: number;
  /** Where its data lie. */
  readonly folder: string;
  readonly logFile: string;
  /** Whether it was running already, left behind by a program that was killed. */
  readonly adopted: boolean;
  /** The user it runs as, when that is not ours. */
  readonly user: string | null;
  /** Fast shutdown: open transactions are rolled back, the data are flushed. */
  stop(): Promise<void>;
};

/** Settings of PostgreSQL by name; those given win over ours. */
type ServerSettings = Readonly<Record<string, string>>;

/** Program and database together stay under 256 MB after start. */
const SETTINGS: ServerSettings = {
  shared_buffers: "32MB",
  max_connections: "60",
  jit: "off",
  io_method: "sync", // three I/O worker processes fewer
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_checkpoints: "off",
  log_error_verbosity: "terse", // without details, which may quote a whole row: somebody's report
  unix_socket_permissions: "0700",
};

const START_WAIT_MS = 60_000;
const STOP_WAIT_MS = 60_000;
const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

/**
 * Starts the embedded PostgreSQL of this data folder, or adopts the one still running on it. The caller holds the folder's
 * lock. A crash of the program leaves the server running and loses nothing that was acknowledged (fsync is on).
 */
export async function startPostgresServer(dataFolder: string, say: Say, settings: ServerSettings = {}): Promise<PostgresServer> {
  const place = await placeOf(dataFolder, say);
  if (place.user !== null)
    say(`以 root 启动：数据库改由用户 ${place.user.name} 运行`, `Started as root: the database runs as the user ${place.user.name}`);
  const password = await passwordFor(place);
  const left = await findRunning(place, password);
  if (left !== null) {
    say(`接管了仍在运行的数据库（进程号 ${left.pid}）`, `Took over the database that was still running (pid ${left.pid})`);
    return serverOf(place, left, true);
  }
  if (!existsSync(join(place.cluster, "PG_VERSION"))) say("正在建库，约需两秒", "Making the database; this takes about two seconds");
  await makeCluster(place, say, password, settings["fsync"] === "off");
  await refuseFullDisk(place);
  await clearRemains(place, say);
  const running = await launch(place, password, { ...SETTINGS, ...settings });
  await makeDatabase(running.connection);
  return serverOf(place, running, false);
}

/** The server of this data folder if it runs now; it is not ours to stop. */
export async function runningPostgresServer(dataFolder: string): Promise<Running | null> {
  if (!existsSync(join(dataFolder, "postgres")) && !existsSync(join(dataFolder, "postgres-is-at"))) return null;
  const place = await placeOf(dataFolder, () => undefined);
  return findRunning(place, await passwordFor(place));
}

function serverOf(place: Place, running: Running, adopted: boolean): PostgresServer {
  return {
    connection: running.connection,
    pid: running.pid,
    folder: place.cluster,
    logFile: place.logFile,
    adopted,
    user: place.user?.name ?? null,
    stop: () => stop(place, running.pid),
  };
}

/** Windows has no socket files that a folder could protect: there the server listens on loopback with this password. */
async function passwordFor(place: Place): Promise<string | null> {
  if (process.platform !== "win32") return null;
  const file = join(dirname(place.cluster), "password");
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return readFile(file, "utf8");
}

async function launch(place: Place, password: string | null, settings: ServerSettings): Promise<Running> {
  const port = password === null ? 5432 : await freePort();
  const listen =
    password === null ? { listen_addresses: "", unix_socket_directories: place.socketFolder } : { listen_addresses: "127.0.0.1" };
  const options = Object.entries({ ...settings, ...listen, port: String(port) }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const logStart = await turnLog(place);
  if (password !== null) return launchOnWindows(place, options, connectionTo("127.0.0.1", port, password));
  const log = await open(place.logFile, "a", 0o600);
  const child = spawn(program(place.binaries, "postgres"), ["-D", place.cluster, ...options], {
    ...identity(place),
    cwd: "/",
    env: ENVIRONMENT,
    // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop it when the last request is done.
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  const { promise: ended, resolve } = Promise.withResolvers<false>();
  child.once("error", () => resolve(false));
  child.once("exit", () => resolve(false));
  child.unref();
  await log.close();
  const looking = new AbortController();
  const ready = await Promise.race([ended, isReady(place, child.pid ?? 0, looking.signal)]);
  looking.abort(); // else the look for a server that has ended would keep this process for its whole minute
  if (ready) return { pid: child.pid ?? 0, connection: connectionTo(place.socketFolder, port, null) };
  throw await didNotStart(place, logStart);
}

async function launchOnWindows(place: Place, options: readonly string[], connection: PoolConfig): Promise<Running> {
  // pg_ctl gives up administrator rights before it starts the server.
  const quoted = options.map((option) => `"${option}"`).join(" ");
  const problem = await runAs(place, program(place.binaries, "pg_ctl"), [
    "start",
    "-w",
    "-D",
    place.cluster,
    "-l",
    place.logFile,
    "-o",
    quoted,
  ]);
  const file = await readPidFile(place);
  if (problem !== null || file === null)
    throw new CannotStart(`数据库没有启动：${problem ?? ""}`, `The database did not start: ${problem ?? ""}`);
  return { pid: file.pid, connection };
}

/** PostgreSQL writes "ready" in its pid file at the moment it takes connections. */
async function isReady(place: Place, pid: number, signal: AbortSignal): Promise<boolean> {
  const until = Date.now() + START_WAIT_MS;
  while (!signal.aborted) {
    const file = await readPidFile(place);
    if (file?.pid === pid && file.status === "ready") return true;
    if (Date.now() > until)
      throw new CannotStart(
        `数据库一分钟内没有就绪，请看 ${place.logFile}`,
        `The database was not ready within a minute; see ${place.logFile}`,
      );
    await sleep(5);
  }
  return false;
}

async function didNotStart(place: Place, logStart: number): Promise<CannotStart> {
  const log = (await readFile(place.logFile, "utf8").catch(() => "")).slice(logStart);
  const why = [...log.matchAll(/(?:FATAL|PANIC|ERROR):\s*(.*)/g)].at(-1)?.[1] ?? log.trim().split("\n").at(-1) ?? "";
  return new CannotStart(
    `数据库没有启动：${why}（详见 ${place.logFile}）`,
    `The database did not start: ${why} (more in ${place.logFile})`,
  );
}

/** One old log is kept. Returns where this start's lines begin. */
async function turnLog(place: Place): Promise<number> {
  const size = (await stat(place.logFile).catch(() => null))?.size ?? 0;
  if (size > LARGEST_LOG_BYTES) {
    await rename(place.logFile, `${place.logFile}.1`);
    return 0;
  }
  if (size === 0) {
    await writeFile(place.logFile, "", { mode: 0o600 });
    if (place.user !== null) await chown(place.logFile, place.user.uid, place.user.gid);
  }
  return size;
}

/** On the first start, and when the first start was interrupted between initdb and here. */
async function makeDatabase(connection: PoolConfig): Promise<void> {
  const client = new Client({ ...connection, database: "postgres" });
  client.on("error", () => undefined); // a lost connection also fails the query that waits for it
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'sanwen'");
    if (rowCount === 0) await client.query("create database sanwen");
  } finally {
    await client.end();
  }
}

async function stop(place: Place, pid: number): Promise<void> {
  if (process.platform === "win32") {
    await runAs(place, program(place.binaries, "pg_ctl"), ["stop", "-w", "-m", "fast", "-D", place.cluster]);
    return;
  }
  if (isAlive(pid)) process.kill(pid, "SIGINT"); // PostgreSQL's fast shutdown
  const until = Date.now() + STOP_WAIT_MS;
  while (isAlive(pid)) {
    if (Date.now() > until) throw new Error(`couldn't stop the database (pid ${pid}) within a minute`);
    await sleep(10);
  }
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer().once("error", reject);
  probe.listen(0, "127.0.0.1", () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
  });
  return promise;
}
