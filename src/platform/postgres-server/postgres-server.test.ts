import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { aDataFolder } from "#test/program-runs";
import { CannotStart } from "#platform/cannot-start";
import { isAlive } from "#platform/other-process";
import { startPostgresServer } from "./postgres-server.ts";

const QUICK = { fsync: "off" };
const isRoot = process.getuid?.() === 0;

function listening() {
  const said: string[] = [];
  return { said, say: (_zh: string, en: string) => void said.push(en) };
}

async function ask(connection: object, sql: string): Promise<unknown> {
  const client = new Client(connection);
  client.on("error", () => undefined); // the server may be killed under it
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

/** A backend that looks at nothing, not even whether its server still lives, until it is told to end. */
async function anObliviousBackend(t: TestContext, connection: object) {
  const client = new Client(connection);
  client.on("error", () => undefined); // its server is killed
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = rows[0]?.pid ?? 0;
  const done = client.query("do 'begin loop end loop; end'").catch(() => undefined);
  const end = () => void (isAlive(pid) && process.kill(pid, "SIGTERM"));
  t.after(end);
  return { done, end };
}

test("what was written is there after a restart; only the socket listens", async (t) => {
  const folder = await aDataFolder(t);
  const { say } = listening();
  const first = await startPostgresServer(folder, say, QUICK);
  await ask(first.connection, "create table kept as select 1 as one");
  await first.stop();
  const second = await startPostgresServer(folder, say, QUICK);
  t.after(() => second.stop());
  assert.deepEqual(await ask(second.connection, "select one from kept"), { one: 1 });
  assert.deepEqual(
    await ask(
      second.connection,
      "select current_setting('listen_addresses') as l, current_setting('data_checksums') as c, current_setting('server_encoding') as e",
    ),
    {
      l: "",
      c: "on",
      e: "UTF8",
    },
  );
  assert.equal((await stat(join(folder, "postgres"))).mode & 0o077, 0);
});

test("text sorts by code point, as on every other system", async (t) => {
  const server = await startPostgresServer(await aDataFolder(t), listening().say, QUICK);
  t.after(() => server.stop());
  assert.deepEqual(
    await ask(
      server.connection,
      "select string_agg(w, '' order by w) as sorted, upper('é') as up from (values ('b'), ('B'), ('东'), ('a'), ('é')) v (w)",
    ),
    {
      sorted: "Babé东",
      up: "É",
    },
  );
});

test("a server left behind by a killed program is adopted", async (t) => {
  const folder = await aDataFolder(t);
  const left = await startPostgresServer(folder, listening().say, QUICK);
  const { said, say } = listening();
  const adopted = await startPostgresServer(folder, say, QUICK);
  assert.deepEqual([adopted.adopted, adopted.pid], [true, left.pid]);
  assert.match(said.join("\n"), new RegExp(`Took over the database that was still running \\(pid ${left.pid}\\)`));
  await adopted.stop();
});

test("a server whose postmaster was killed is started again, once its last backend has noticed", async (t) => {
  const folder = await aDataFolder(t);
  const killed = await startPostgresServer(folder, listening().say, QUICK);
  await ask(killed.connection, "create table kept as select 1 as one");
  const backend = await anObliviousBackend(t, killed.connection);
  process.kill(killed.pid, "SIGKILL");
  const said: string[] = [];
  const next = await startPostgresServer(
    folder,
    (_zh, en) => {
      said.push(en);
      if (en.includes("waiting for its last processes")) backend.end();
    },
    QUICK,
  );
  t.after(() => next.stop());
  await backend.done;
  assert.match(said.join("\n"), /was killed; waiting for its last processes/);
  assert.deepEqual(await ask(next.connection, "select one from kept"), { one: 1 });
});

test("a dead postmaster that nobody collected keeps nobody from starting", { skip: process.platform !== "linux" }, async (t) => {
  const folder = await aDataFolder(t);
  const cluster = join(folder, "postgres/cluster");
  const killed = await startPostgresServer(folder, listening().say, QUICK);
  const locks = [join(cluster, "postmaster.pid"), join(String(killed.connection.host), ".s.PGSQL.5432.lock")];
  const left = await Promise.all(locks.map((path) => readFile(path, "utf8")));
  await killed.stop();
  const { uid, gid } = await stat(cluster);
  // The shell becomes a program that collects no children: the one it had stays as a zombie of the server's user.
  const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 600"], { uid, gid, stdio: ["ignore", "pipe", "ignore"] });
  t.after(() => parent.kill("SIGKILL"));
  const [zombie] = await once(parent.stdout, "data");
  const number = String(zombie).trim();
  while (isAlive(Number(number))) await sleep(10);
  for (const [i, path] of locks.entries()) {
    await writeFile(path, (left[i] ?? "").replace(/^\d+/, number));
    await chown(path, uid, gid);
  }
  const next = await startPostgresServer(folder, listening().say, QUICK);
  t.after(() => next.stop());
  assert.deepEqual(await ask(next.connection, "select 1 as one"), { one: 1 });
});

test("a killed server that has let go of its sockets and is not quite dead yet is waited for, not taken for a stranger's", async (t) => {
  const folder = await aDataFolder(t);
  const stopped = await startPostgresServer(folder, listening().say, QUICK);
  await stopped.stop();
  const socketFolder = String(stopped.connection.host);
  const programs = await aDataFolder(t);
  await symlink("/bin/sleep", join(programs, "postgres"));
  const dying = spawn(join(programs, "postgres"), ["600"], { stdio: "ignore" });
  t.after(() => dying.kill("SIGKILL"));
  await writeFile(
    join(folder, "postgres/cluster/postmaster.pid"),
    [dying.pid, stopped.folder, "0", "5432", socketFolder, "", "", "ready"].join("\n"),
  );
  const itsSocket = createServer((connection) => {
    connection.destroy();
    itsSocket.close();
    setTimeout(() => dying.kill("SIGKILL"), 200);
  }).listen(join(socketFolder, ".s.PGSQL.5432"));
  await once(itsSocket, "listening");
  const next = await startPostgresServer(folder, listening().say, QUICK);
  t.after(() => next.stop());
  assert.deepEqual(await ask(next.connection, "select 1 as one"), { one: 1 });
});

test("a server that does not start says why, and its starter goes on at once", async (t) => {
  const folder = await aDataFolder(t);
  await assert.rejects(
    startPostgresServer(folder, listening().say, { ...QUICK, work_mem: "plenty" }),
    (error) => error instanceof CannotStart && /invalid value for parameter "work_mem"/.test(error.en),
  );
  await sleep(50);
  assert.deepEqual(
    process.getActiveResourcesInfo().filter((resource) => resource === "Timeout"),
    [],
    "nothing looks for it any more",
  );
});

test("a cluster of another major version is refused", async (t) => {
  const folder = await aDataFolder(t);
  await mkdir(join(folder, "postgres/cluster"), { recursive: true });
  await writeFile(join(folder, "postgres/cluster/PG_VERSION"), "14\n");
  await assert.rejects(
    startPostgresServer(folder, listening().say, QUICK),
    (error) => error instanceof CannotStart && /data of PostgreSQL 14/.test(error.en),
  );
});

test("a folder with something else in it is refused and left as it was", async (t) => {
  const folder = await aDataFolder(t);
  await mkdir(join(folder, "postgres/cluster"), { recursive: true });
  await writeFile(join(folder, "postgres/cluster/letters.txt"), "dear");
  await assert.rejects(
    startPostgresServer(folder, listening().say, QUICK),
    (error) => error instanceof CannotStart && /holds files, but not/.test(error.en),
  );
  assert.equal((await stat(join(folder, "postgres/cluster/letters.txt"))).size, 4);
});

test("a half-made cluster is made again, and said so", async (t) => {
  const folder = await aDataFolder(t);
  await (await startPostgresServer(folder, listening().say, QUICK)).stop();
  await rename(join(folder, "postgres/cluster"), join(folder, "postgres/cluster.making"));
  const { said, say } = listening();
  const server = await startPostgresServer(folder, say, QUICK);
  t.after(() => server.stop());
  assert.match(said.join("\n"), /was not finished; it is made again/);
});

test("a PostgreSQL that is not ours is refused, never touched", async (t) => {
  const folder = await aDataFolder(t);
  const ours = await startPostgresServer(folder, listening().say, QUICK);
  const other = await aDataFolder(t);
  await mkdir(join(other, "postgres/cluster"), { recursive: true });
  await writeFile(join(other, "postgres/cluster/PG_VERSION"), "18\n");
  await writeFile(
    join(other, "postgres/cluster/postmaster.pid"),
    [ours.pid, "/elsewhere", "0", "5432", ours.connection.host, "", "", "ready"].join("\n"),
  );
  await assert.rejects(
    startPostgresServer(other, listening().say, QUICK),
    (error) => error instanceof CannotStart && error.en.includes(`did not start (pid ${ours.pid})`),
  );
  assert.deepEqual(await ask(ours.connection, "select 1 as one"), { one: 1 });
  await ours.stop();
});

test("started as root, the database runs as somebody else and says who", { skip: !isRoot }, async (t) => {
  const { said, say } = listening();
  const server = await startPostgresServer(await aDataFolder(t), say, QUICK);
  t.after(() => server.stop());
  assert.notEqual((await stat(`/proc/${server.pid}`)).uid, 0);
  assert.match(said.join("\n"), new RegExp(`the database runs as the user ${server.user}`));
});

test("a path too long for a socket gets a short private folder, and it is said", async (t) => {
  const folder = join(await aDataFolder(t), "a-very-long-name-".repeat(6));
  await mkdir(folder, { mode: 0o711 });
  const { said, say } = listening();
  const server = await startPostgresServer(folder, say, QUICK);
  t.after(() => server.stop());
  assert.match(said.join("\n"), /The path is too long for a socket/);
  assert.deepEqual(await ask(server.connection, "select 1 as one"), { one: 1 });
});
