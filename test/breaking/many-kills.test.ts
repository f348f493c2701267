import assert from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, type ClientConfig } from "pg";
import { startPostgresServer } from "#platform/postgres-server/postgres-server";
import { aClerkIn, OFFICER_PASSWORD } from "#test/breaking/officer";
import { aTownIn } from "#test/breaking/reporter";
import { stubbornClerk, stubbornProgram, stubbornResident, type Kept, type Place } from "#test/breaking/stubborn";
import { aDataFolder, aProgram, sanwen, serverPid } from "#test/program-runs";

/** SANWEN_KILLS=200 and SANWEN_LOSSES=100 for the long run. */
const KILLS = Number(process.env["SANWEN_KILLS"] ?? "3");
const LOSSES = Number(process.env["SANWEN_LOSSES"] ?? "2");
const HOURS = { timeout: 4 * 3_600_000 };

/** People and programs at every door, who do not give up; what they were acknowledged is in `kept`. */
function everybody(place: Place, kept: Kept) {
  const over = new AbortController();
  const at = [
    ...["甲", "乙"].map((name) => stubbornProgram(place, over.signal, name, kept)),
    ...["丙", "丁"].map((name) => stubbornResident(place, over.signal, name, kept)),
    stubbornClerk(place, over.signal, "qianwen", OFFICER_PASSWORD, kept),
  ];
  return {
    async stop() {
      over.abort();
      await Promise.all(at);
    },
  };
}

async function untilMore(kept: Kept, more: number): Promise<void> {
  const before = kept.size;
  while (kept.size < before + more) await sleep(20);
}

/** Whatever was acknowledged is there, once, with its photos. */
async function assertKept(connection: ClientConfig, kept: Kept): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  const { rows } = await client.query<{ title: string; reports: number; photos: number }>(
    `select r.title, count(distinct r.id)::int as reports, count(p.sha256)::int as photos
       from intake.report r left join intake.report_photo p on p.town = r.town and p.report = r.id group by r.title`,
  );
  await client.end();
  const found = new Map(rows.map((row) => [row.title, row]));
  const wrong = [...kept].filter(([title, photos]) => found.get(title)?.reports !== 1 || found.get(title)?.photos !== photos);
  assert.deepEqual(wrong, []);
  assert.deepEqual(
    rows.filter(({ reports }) => reports > 1),
    [],
  );
}

async function assertLogStands(folder: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const { code, out, err } = await sanwen(folder, ["log", "verify"], env);
  assert.equal(code, 0, out + err);
}

test("killed again and again, the program, its database or both, the town loses and doubles nothing it acknowledged", HOURS, async (t) => {
  const folder = await aDataFolder(t);
  const kept: Kept = new Map();
  const place: Place = { origin: null };
  let program = await aProgram(t, folder);
  await aTownIn(folder);
  await aClerkIn(folder, program.origin, "qianwen");
  const people = everybody(place, kept);
  for (let kill = 0; kill < KILLS; kill += 1) {
    place.origin = program.origin;
    await untilMore(kept, 5);
    const server = await serverPid(folder);
    assert.ok(server);
    if (kill % 3 !== 0) process.kill(server, "SIGKILL");
    place.origin = null;
    if (kill % 3 === 1) assert.equal(await program.ended, 1);
    else await program.end("SIGKILL");
    program = await aProgram(t, folder);
  }
  place.origin = program.origin;
  await untilMore(kept, 5);
  await people.stop();
  await assertKept({ host: join(folder, "postgres/socket"), user: "sanwen", database: "sanwen" }, kept);
  assert.equal(await program.end("SIGTERM"), 0);
  await assertLogStands(folder);
  t.diagnostic(`${KILLS} kills, ${kept.size} acknowledged`);
});

/** A server of somebody else's, that goes and comes back under the same address. */
async function anotherServer(t: TestContext) {
  const folder = await aDataFolder(t);
  const start = () => startPostgresServer(folder, () => undefined);
  let server = await start();
  t.after(() => server.stop());
  return {
    address: `postgres://sanwen@localhost/sanwen?host=${encodeURIComponent(String(server.connection.host))}`,
    connection: server.connection,
    async terminateEverybody() {
      const client = new Client(server.connection);
      client.on("error", () => undefined);
      await client.connect();
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      );
      await client.end();
    },
    async restart() {
      await server.stop();
      await sleep(500);
      server = await start();
    },
  };
}

test(
  "an external database that ends every connection, or is restarted, under load: the program lives on and loses nothing",
  HOURS,
  async (t) => {
    const server = await anotherServer(t);
    const folder = await aDataFolder(t);
    const env = { DATABASE_URL: server.address };
    const program = await aProgram(t, folder, env);
    const added = await sanwen(
      folder,
      ["town", "add", "--id", "shili", "--prefix", "SL", "--name-zh", "示例镇", "--name-en", "Shili"],
      env,
    );
    assert.equal(added.code, 0, added.err);
    await aClerkIn(folder, program.origin, "qianwen", env);
    const kept: Kept = new Map();
    const place: Place = { origin: program.origin };
    const people = everybody(place, kept);
    const seen: number[] = [];
    const watched = new AbortController();
    const watcher = watch(program.origin, watched.signal, seen);
    for (let loss = 0; loss < LOSSES; loss += 1) {
      await untilMore(kept, 5);
      await server.terminateEverybody();
      await untilMore(kept, 5);
      await server.restart();
    }
    await untilMore(kept, 5);
    await people.stop();
    watched.abort();
    await watcher;
    assert.deepEqual(
      [...new Set(seen)].filter((status) => status !== 200 && status !== 503),
      [],
    );
    assert.equal((await fetch(`${program.origin}/readyz`)).status, 200);
    await assertKept(server.connection, kept);
    assert.equal(await program.end("SIGTERM"), 0);
    await assertLogStands(folder, env);
    t.diagnostic(`${LOSSES} times every connection ended, ${LOSSES} restarts, ${kept.size} acknowledged`);
  },
);

/** What those who only read are answered. */
async function watch(origin: string, signal: AbortSignal, seen: number[]): Promise<void> {
  const paths = ["/", "/ledger", "/readyz", "/api/v1/problems", "/log/checkpoint"];
  for (let i = 0; !signal.aborted; i += 1) {
    const answer = await fetch(`${origin}${paths[i % paths.length]}`);
    await answer.arrayBuffer();
    if (answer.status !== 404) seen.push(answer.status); // the log has no checkpoint before its first event
    await sleep(20);
  }
}
