import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client, type PoolConfig } from "pg";
import { migrate } from "#platform/migrate";
import { startPostgresServer } from "#platform/postgres-server/postgres-server";
import { load } from "./load.ts";

const HERE = import.meta.dirname;

/** Raised when the generator writes other rows: ledgers of an earlier one are made anew. Migrations go forward on what is there. */
const RECIPE = "2";

/** One generated ledger: the data folder the program is started on, and how to reach its database once that runs. */
export type Ledger = { readonly count: number; readonly folder: string; readonly databaseUrl: string | null };

/**
 * The ledger of this size, generated and loaded when it is not there yet or another generator made it.
 * Kept in bench/data; with DATABASE_URL its rows lie in a database of their own on that server.
 */
export async function ledgerOf(count: number, server: string | null): Promise<Ledger> {
  const folder = join(HERE, "data", server === null ? String(count) : `${count}-on-server`);
  const databaseUrl = server === null ? null : server.replace(/\/[^/?]*(?=\?|$)/, `/sanwen_bench_${count}`);
  const mark = join(folder, "made-by");
  if (existsSync(mark) && (await readFile(mark, "utf8")) === RECIPE) return { count, folder, databaseUrl };
  process.stderr.write(`Generating a ledger of ${count.toLocaleString("en")} problems\n`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (databaseUrl === null) {
    // The files may lie elsewhere than in the folder that was just emptied: it is the database that is made anew.
    await onEmbedded(folder, { shared_buffers: "1GB", max_wal_size: "8GB", fsync: "off" }, async (connection) => {
      await remake({ ...connection, database: "postgres" }, connection.database ?? "sanwen");
      await fill(connection, count);
    });
  } else {
    await remake({ connectionString: server ?? "" }, new URL(databaseUrl).pathname.slice(1));
    await fill({ connectionString: databaseUrl }, count);
  }
  await writeFile(mark, RECIPE);
  return { count, folder, databaseUrl };
}

/** Runs `work` on the ledger's database while no program runs on it. */
export async function onDatabase(ledger: Ledger, work: (connection: PoolConfig) => Promise<void>): Promise<void> {
  if (ledger.databaseUrl === null) await onEmbedded(ledger.folder, {}, work);
  else await work({ connectionString: ledger.databaseUrl });
}

async function fill(connection: PoolConfig, count: number): Promise<void> {
  await migrate(connection);
  await load(connection, count);
}

async function onEmbedded(
  folder: string,
  settings: Readonly<Record<string, string>>,
  work: (connection: PoolConfig) => Promise<void>,
): Promise<void> {
  const server = await startPostgresServer(folder, () => undefined, settings);
  try {
    await work(server.connection);
  } finally {
    await server.stop();
  }
}

export async function remake(server: PoolConfig, name: string): Promise<void> {
  const client = new Client(server);
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} template template0 encoding 'UTF8'`);
  } finally {
    await client.end();
  }
}
