import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { lostAndDoubled } from "#test/breaking/kept";
import { anOfficerIn } from "#test/breaking/officer";
import { aTownIn, complaints } from "#test/breaking/reporter";
import { everybody, type Kept, type Place } from "#test/breaking/stubborn";
import { aDataFolder, aProgram, sanwen } from "#test/program-runs";
import { startPostgresServer } from "#platform/postgres-server/postgres-server";

/** SANWEN_LOSSES=100 for the long run: so often every connection is ended, and so often the server is started anew. */
const LOSSES = Number(process.env["SANWEN_LOSSES"] ?? "2");
const AWAY_MS = 500;
const PAGES = ["/", "/ledger", "/readyz", "/api/v1/problems", "/log/checkpoint", "/report/what"] as const;

/** A server of somebody else's, which goes and comes back under the same address. */
async function aServerElsewhere(t: TestContext) {
  const folder = await aDataFolder(t);
  let server = await startPostgresServer(folder, () => undefined);
  t.after(() => server.stop());
  return {
    address: `postgres://sanwen@localhost/sanwen?host=${encodeURIComponent(String(server.connection.host))}`,
    connection: server.connection,
    async endEveryConnection(): Promise<void> {
      const client = new Client(server.connection);
      await client.connect();
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      );
      await client.end();
    },
    /** Stopped in PostgreSQL's fast way and started again; `meanwhile` is done while it is down. */
    async restart(meanwhile: () => Promise<void>): Promise<void> {
      await server.stop();
      await meanwhile();
      server = await startPostgresServer(folder, () => undefined);
    },
  };
}

test(
  "an external database that ends every connection, or goes and comes back, under load: the program lives on and loses nothing",
  { timeout: 60_000 + LOSSES * 120_000 },
  async (t) => {
    const server = await aServerElsewhere(t);
    const folder = await aDataFolder(t);
    const env = { DATABASE_URL: server.address };
    const program = await aProgram(t, folder, env);
    await aTownIn(folder, env);
    const session = await anOfficerIn(folder, program.origin, "qianwen", env);
    const place: Place = { origin: program.origin };
    const kept: Kept = new Map();
    const people = everybody(t, place, kept, { category: await complaints(program.origin), session });
    const reader = aReader(t, program.origin);
    for (let loss = 0; loss < LOSSES; loss += 1) {
      await people.acknowledged(8);
      await server.endEveryConnection();
      await people.acknowledged(8);
      await server.restart(async () => {
        await sleep(AWAY_MS);
        assert.equal((await fetch(`${program.origin}/readyz`)).status, 503);
        assert.equal((await fetch(`${program.origin}/healthz`)).status, 200);
      });
    }
    await people.acknowledged(8);
    await people.stop();
    const statuses = await reader.stop();
    assert.equal((await fetch(`${program.origin}/readyz`)).status, 200);
    const { lost, doubled } = await lostAndDoubled(server.connection, kept);
    t.diagnostic(
      `${LOSSES} times every connection ended and ${LOSSES} restarts: ` +
        `${kept.size} acknowledged, ${lost.length} lost, ${doubled.length} doubled; ` +
        `pages answered ${JSON.stringify(Object.fromEntries(statuses))}`,
    );
    assert.deepEqual({ lost, doubled }, { lost: [], doubled: [] });
    assert.deepEqual(new Set(statuses.keys()), new Set([200, 503]));
    const verified = await sanwen(folder, ["doctor", "--deep"], env);
    // Signed in as the owner, which doctor says; nothing else is wrong.
    const wrong = verified.out.split("\n").filter((line) => line.startsWith("✗") && !line.includes("DATABASE_APP_URL"));
    assert.deepEqual(wrong, [], verified.out + verified.err);
    assert.equal(await program.end("SIGTERM"), 0);
  },
);

/** Somebody who only turns pages; how often each status was seen. */
function aReader(t: TestContext, origin: string) {
  const over = new AbortController();
  t.after(() => over.abort());
  const seen = read(origin, over.signal);
  return {
    async stop(): Promise<ReadonlyMap<number, number>> {
      over.abort();
      return seen;
    },
  };
}

async function read(origin: string, over: AbortSignal): Promise<ReadonlyMap<number, number>> {
  const seen = new Map<number, number>();
  for (let i = 0; !over.aborted; i += 1) {
    const answer = await fetch(`${origin}${PAGES[i % PAGES.length]}`);
    await answer.arrayBuffer();
    seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
    await sleep(20);
  }
  return seen;
}
