import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Client, type PoolConfig } from "pg";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { openKeys } from "#platform/keys";
import { migrate } from "#platform/migrate";
import { openNotary } from "#platform/notary";
import { startPostgresServer } from "#platform/postgres-server/postgres-server";
import type { Town } from "#platform/town";
import { exportLog } from "#doors/cli/log-export";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { inclusionProofOf } from "#log/queries";
import { TELLING } from "#proof/told";
import { checkLog } from "#standards/tlog/check-log";
import { measureFollowing, type FollowMeasured } from "./followers.ts";
import { remake } from "./ledgers.ts";
import { median } from "./measure.ts";

const LEAVES = Number(process.env["BENCH_LEAVES"] ?? 1_000_000);
const PROOFS = 2_000;
/** The first reads files that the machine is still writing. */
const VERIFICATIONS = 3;
const FOLDER = join(import.meta.dirname, "data", "log");

export type ProofMeasured = {
  /** Events given their places a second, over the whole million. */
  readonly integrated: number;
  /** Of a proof of one leaf in a million, in milliseconds: half of them, and 99 of 100. */
  readonly proofMs: { readonly median: number; readonly p99: number };
  /** Leaves a second, by one process on exported files. */
  readonly verified: number;
  /** An older program has no followers. */
  readonly followed?: FollowMeasured;
};

/** A log of a million events on an embedded database that flushes every commit: integrated, proven, exported, verified. */
export async function measureProof(): Promise<ProofMeasured> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true, mode: 0o711 });
  const server = await startPostgresServer(FOLDER, () => undefined);
  try {
    // The files may lie elsewhere than in the folder that was just emptied: it is the database that is made anew.
    await remake({ ...server.connection, database: "postgres" }, server.connection.database ?? "sanwen");
    await migrate(server.connection);
    await happen(server.connection);
    const db = openDatabase(server.connection);
    try {
      const keyFile = join(FOLDER, "key");
      const town: Town = { id: "bench", db, keys: await openKeys(keyFile), blobs: openBlobs(FOLDER) };
      return await measureTown(town, keyFile, server.connection);
    } finally {
      await db.destroy();
    }
  } finally {
    await server.stop();
    await rm(FOLDER, { recursive: true, force: true });
  }
}

async function measureTown(town: Town, keyFile: string, connection: PoolConfig): Promise<ProofMeasured> {
  const notary = openNotary(keyFile, join(FOLDER, "signed"));
  await nameLog(town, notary, new URL("https://bench.example"));
  const began = performance.now();
  for (let done = 0; done < LEAVES;) {
    done += (await integrateEvents(town, { notary, telling: TELLING }, new Date())) ?? 0;
    process.stderr.write(`\rintegrated ${done} of ${LEAVES}`.padEnd(60));
  }
  const integrated = (LEAVES / (performance.now() - began)) * 1000;
  const times: number[] = [];
  for (let i = 0; i < PROOFS; i += 1) {
    const asked = performance.now();
    await inclusionProofOf(town, Math.floor((i * LEAVES) / PROOFS), LEAVES);
    times.push(performance.now() - asked);
  }
  const proofMs = { median: median(times), p99: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN };
  const files = join(FOLDER, "files");
  await exportLog({ progress: () => undefined, print: () => undefined, complain: () => undefined }, town, files);
  const vkey = (await notary.logSigner(town.id))?.vkey ?? "";
  const verified: number[] = [];
  for (let time = 0; time < VERIFICATIONS; time += 1) verified.push(await verify(files, vkey));
  process.stderr.write("\r".padEnd(60) + "\r");
  // Last: it makes the log longer than the exported one.
  const followed = await measureFollowing(town, notary, connection, LEAVES);
  return { integrated, proofMs, verified: median(verified), followed };
}

/** Leaves a second. */
async function verify(files: string, vkey: string): Promise<number> {
  const began = performance.now();
  const verdict = await checkLog(
    (path) => readFile(join(files, path)),
    { vkeys: [vkey], witnesses: [] },
    () => undefined,
  );
  if (!verdict.holds || verdict.checkpoint.size !== LEAVES) throw new Error(`couldn't verify the bench's log: ${JSON.stringify(verdict)}`);
  return (LEAVES / (performance.now() - began)) * 1000;
}

/** A million events as a town has them, all waiting. */
async function happen(connection: ConstructorParameters<typeof Client>[0]): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query(
      "insert into people.town (town, name_zh, name_en, prefix, added_at) values ('bench', '测试镇', 'Bench', 'BN', now())",
    );
    await client.query(
      `insert into audit.event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body)
       select 'bench', gen_random_uuid(), 'problem.progressed', 'resident', null,
         '2026-07-28T01:00:00Z'::timestamptz + n * interval '1 second', 'problem', gen_random_uuid(),
         '{"facts":{"measuresDone":[0,1],"photos":[],"version":' || n
           || '},"words":{"note":"hmac-sha256:' || encode(sha256(n::text::bytea), 'hex') || '"}}'
       from generate_series(1, $1::int) n`,
      [LEAVES],
    );
    await client.query("insert into audit.waiting select town, id from audit.event");
    await client.query("vacuum analyze audit.event");
    await client.query("vacuum analyze audit.waiting");
  } finally {
    await client.end();
  }
}
