import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { pino, type Logger } from "pino";
import type { Program } from "#doors/web/program";
import { startFollowers } from "#doors/worker/start-followers";
import { startSequencer } from "#doors/worker/start-sequencer";
import { startWorker } from "#doors/worker/start-worker";
import { settleTown, townsToSettle } from "#office/settle-town";
import { settleWaiting } from "#office/settle-waiting";
import { openCallGateway } from "#platform/call-gateway";
import { CannotStart } from "#platform/cannot-start";
import { openHouse, type House } from "#platform/house";
import { openIdentityProvider } from "#platform/identity-provider";
import { migrationsPending } from "#platform/migrate";
import { isAlive } from "#platform/other-process";
import type { Settings } from "#platform/settings";
import { sortOlder, townsToSort } from "#vault/sort-older";
import { boundedServer, clearRequests, inTurn } from "./connections.ts";
import { composeDoors } from "./doors.ts";
import { setUpLink, type SetUpLink } from "./set-up-link.ts";
import { print, say } from "./terminal.ts";

const DRAIN_MS = 10_000;
const DATABASE_LOOK_MS = 1000;

/** What is done with an open house before its doors open: the demo furnishes it. */
type Prepare = (program: Program) => Promise<void>;

/** Runs the town until a signal, and returns the exit code; throws the sentence when something else ended it. */
export async function serveTown(settings: Settings, prepare: Prepare = async () => undefined): Promise<number> {
  const signals = stopSignals();
  const house = await openHouse(settings, say, settleWaiting);
  try {
    await serveHouse({ settings, house, prepare, signals });
  } finally {
    await house.close();
    signals.forget();
  }
  say("已停止", "Stopped");
  return 0;
}

type Run = { readonly settings: Settings; readonly house: House; readonly prepare: Prepare; readonly signals: StopSignals };

async function serveHouse(run: Run): Promise<void> {
  const server = await listen(run.settings);
  try {
    await serveOn(server, run);
  } finally {
    server.close().closeAllConnections(); // an open port would keep a failed process running
  }
}

async function serveOn(server: Server, { settings, house, prepare, signals }: Run): Promise<void> {
  const link = await setUpLink(house.db);
  const program = programOf(settings, house, server, link);
  await sortOlderIdentities(program);
  await settleTowns(program);
  await prepare(program);
  await link.closeWhenTownExists();
  openDoors(server, program, link);
  const worker = await startWorker(program, house.connection);
  const followers = startFollowers(program);
  const sequencer = startSequencer(program, followers.ring);
  welcome(settings, program, link);
  const why = await Promise.race([signals.first, databaseEnd(house), sequencer.broken.catch(brokenLog)]);
  if (why === "signal") say("正在停止：等最后的请求完成", "Stopping: waiting for the last requests");
  else program.log.fatal({ why: why.en }, "the program ends");
  await drain(server, signals, program.log);
  await (why instanceof DatabaseEnded ? worker.abandon() : worker.stop());
  await sequencer.stop();
  await followers.stop();
  if (why !== "signal") throw why; // said when everything is closed: the last thing the terminal shows
}

/** Contacts that an earlier version sealed whole become fields of the vault before anybody asks for them. */
async function sortOlderIdentities({ db, keys, blobs, now }: Program): Promise<void> {
  for (const id of await townsToSort(db)) await sortOlder({ id, db, keys, blobs }, now());
}

/** What waits for the office is written anew where an earlier version left it, or never wrote it, before anybody looks. */
async function settleTowns({ db, keys, blobs }: Program): Promise<void> {
  for (const id of await townsToSettle(db)) await settleTown({ id, db, keys, blobs });
}

function programOf(settings: Settings, house: House, server: Server, link: SetUpLink): Program {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : settings.port;
  return {
    db: house.db,
    keys: house.keys,
    blobs: house.blobs,
    notary: house.notary,
    callGateway: settings.callGateway === null ? null : openCallGateway(settings.callGateway),
    identityProvider: settings.identityProvider === null ? null : openIdentityProvider(settings.identityProvider),
    // PostgreSQL's details may quote a whole row: somebody's report.
    log: pino({ level: "info", redact: ["err.detail", "err.cause.detail"] }, pino.destination({ fd: 2, sync: true })),
    now: () => new Date(),
    trustedProxies: settings.trustedProxies,
    origin: settings.origin ?? new URL(`http://localhost:${port}`),
    isSetUpToken: link.isSetUpToken,
    isReady: () => isReady(house),
  };
}

function openDoors(server: Server, program: Program, link: SetUpLink): void {
  const doors = composeDoors(program);
  const listener = getRequestListener(async (request, env) => {
    // Without a database the page that asks again says so.
    if (link.isOpen() && request.url.includes("/set-up")) await link.closeWhenTownExists().catch(() => undefined);
    return doors.fetch(request, env);
  });
  server.off("request", notYet).on("request", inTurn(clearRequests((request, response) => void listener(request, response))));
}

/** A log that must not go on: told before the program ends, so that nobody signs over what was changed. */
function brokenLog(error: unknown): CannotStart {
  if (error instanceof CannotStart) return error;
  throw error;
}

/** Taken before the doors open, because the origin may hang on the port the system chose. */
async function listen(settings: Settings): Promise<Server> {
  const server = boundedServer(notYet, settings.trustedProxies);
  server.listen(settings.port, settings.host);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw cannotListen(settings, cause);
  }
  return server;
}

function notYet(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { "retry-after": "1" }).end("starting\n");
}

function cannotListen({ host, port }: Settings, cause: unknown): CannotStart {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE")
    return new CannotStart(`端口 ${port} 已被占用。请把 PORT 设为别的端口。`, `Port ${port} is in use. Set PORT to another one.`, cause);
  if (code === "EACCES")
    return new CannotStart(
      `没有权限使用端口 ${port}。请用 1024 以上的端口，前面放 nginx。`,
      `Not allowed to use port ${port}. Use one above 1024, with nginx in front.`,
      cause,
    );
  return new CannotStart(
    `无法在 ${host}:${port} 上接收请求。请检查 HOST 与 PORT。`,
    `Couldn't listen on ${host}:${port}. Look at HOST and PORT.`,
    cause,
  );
}

async function isReady({ db }: House): Promise<boolean> {
  return migrationsPending(db).then(
    (pending) => pending.length === 0,
    () => false,
  );
}

function welcome({ dataFolder, databaseUrl }: Settings, { origin }: Program, link: SetUpLink): void {
  say(`三问已启动：${origin.origin}`, `Sanwen is running: ${origin.origin}`);
  say(
    `数据在 ${dataFolder}${databaseUrl === null ? "" : "，数据库由 DATABASE_URL 指定"}；按 Ctrl-C 停止`,
    `Data are in ${dataFolder}${databaseUrl === null ? "" : ", the database is that of DATABASE_URL"}; Ctrl-C stops`,
  );
  if (!link.isOpen()) return;
  say("还没有镇。请打开这个只能用一次的链接进行设置：", "There is no town yet. Open this one-time link to set it up:");
  print(`  ${new URL(`/set-up?token=${link.token}`, origin).href}\n`);
}

class DatabaseEnded extends CannotStart {}

/**
 * Resolves when the embedded server ends: it never ends by itself, so somebody killed it or the machine ran out of memory. An
 * external one is restarted by others, and waited for (docs/decisions/0035).
 */
async function databaseEnd({ server }: House): Promise<DatabaseEnded> {
  if (server === null) return new Promise(() => undefined);
  while (isAlive(server.pid)) await sleep(DATABASE_LOOK_MS, undefined, { ref: false });
  return new DatabaseEnded(
    `数据库（进程号 ${server.pid}）意外终止，程序已随之停止。已确认的内容都在；请重新启动。原因见 ${server.logFile}`,
    `The database (pid ${server.pid}) ended unexpectedly, and the program with it. ` +
      `Whatever was acknowledged is kept; start it again. See ${server.logFile}`,
  );
}

/** No new request; those under way get ten seconds, or until a second signal. */
async function drain(server: Server, signals: StopSignals, log: Logger): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const late = await Promise.race([closed.then(() => false), signals.second, sleep(DRAIN_MS, true, { ref: false })]);
  if (late) {
    log.warn("requests still under way were cut off");
    server.closeAllConnections();
    await closed;
  }
}

type StopSignals = { readonly first: Promise<"signal">; readonly second: Promise<true>; forget(): void };

/** Listened for from the very beginning: a signal during start stops as soon as the house stands. */
function stopSignals(): StopSignals {
  const first = Promise.withResolvers<"signal">();
  const second = Promise.withResolvers<true>();
  let count = 0;
  const hear = () => {
    count += 1;
    if (count === 1) first.resolve("signal");
    else second.resolve(true);
  };
  const names = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
  for (const name of names) process.on(name, hear);
  return {
    first: first.promise,
    second: second.promise,
    forget: () => {
      for (const name of names) process.off(name, hear);
    },
  };
}
