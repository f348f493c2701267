import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client, type PoolConfig } from "pg";
import { z } from "zod";
import { migrate } from "#platform/migrate";
import { startPostgresServer } from "#platform/postgres-server/postgres-server";
import { load } from "./load.ts";

const HERE = import.meta.dirname;

/** Raised when the generator writes other rows: ledgers of an earlier one are made anew. Migrations go forward on what is there. */
const RECIPE = "2";

/** One generated ledger: the data folder the program is started on, and how to reach its database once that runs. */
export type Ledger = { readonly count: number; readonly folder: string; readonly databaseUrl: string | null };

/** What making a ledger took: seconds of loading, and bytes of its database. */
const Loaded = z.object({ seconds: z.number(), bytes: z.number() });
export type Loaded = z.infer<typeof Loaded>;

/**
 * The ledger of this size, generated and loaded when it is not there yet or another generator made it; a loading of this generator that
 * was stopped goes on. Kept in bench/data; with DATABASE_URL its rows lie in a database of their own on that server.
 */
export async function ledgerOf(count: number, server: string | null): Promise<Ledger> {
  const folder = join(HERE, "data", server === null ? String(count) : `${count}-on-server`);
  const databaseUrl = server === null ? null : server.replace(/\/[^/?]*(?=\?|$)/, `/sanwen_bench_${count}`);
  const mark = join(folder, "made-by");
  if (existsSync(mark) && (await readFile(mark, "utf8")) === RECIPE) return { count, folder, databaseUrl };
  process.stderr.write(`Generating a ledger of ${count.toLocaleString("en")} problems\n`);
  const begun = join(folder, "being-made-by");
  const goesOn = existsSync(begun) && (await readFile(begun, "utf8")) === RECIPE;
  if (!goesOn) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const loaded = await filled(count, folder, { server, databaseUrl }, goesOn, () => writeFile(begun, RECIPE));
  await writeFile(join(folder, "loaded.json"), JSON.stringify(loaded));
  await writeFile(mark, RECIPE);
  return { count, folder, databaseUrl };
}

/** Null for a ledger that was made before it was written down. */
export async function loadedOf({ folder }: Ledger): Promise<Loaded | null> {
  const told = await readFile(join(folder, "loaded.json"), "utf8").catch(() => null);
  return told === null ? null : Loaded.parse(JSON.parse(told));
}

type Place = { readonly server: string | null; readonly databaseUrl: string | null };

async function filled(count: number, folder: string, place: Place, goesOn: boolean, begin: () => Promise<void>): Promise<Loaded> {
  const { server, databaseUrl } = place;
  if (server !== null && databaseUrl !== null) {
    if (!goesOn) await remake({ connectionString: server }, new URL(databaseUrl).pathname.slice(1));
    await begin();
    return fill({ connectionString: databaseUrl }, count);
  }
  return onEmbedded(folder, { shared_buffers: "1GB", max_wal_size: "8GB", fsync: "off" }, async (connection) => {
    // The files may lie elsewhere than in the folder that was just emptied: it is the database that is made anew.
    if (!goesOn) await remake({ ...connection, database: "postgres" }, connection.database ?? "sanwen");
    await begin();
    return fill(connection, count);
  });
}

/** Runs `work` on the ledger's database while no program runs on it. */
export async function onDatabase(ledger: Ledger, work: (connection: PoolConfig) => Promise<void>): Promise<void> {
  if (ledger.databaseUrl === null) await onEmbedded(ledger.folder, {}, work);
  else await work({ connectionString: ledger.databaseUrl });
}

async function fill(connection: PoolConfig, count: number): Promise<Loaded> {
  await migrate(connection);
  const seconds = await load(connection, count);
  const client = new Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ bytes: string }>("select pg_database_size(current_database()) as bytes");
    return { seconds, bytes: Number(rows[0]?.bytes) };
  } finally {
    await client.end();
  }
}

async function onEmbedded<T>(
  folder: string,
  settings: Readonly<Record<string, string>>,
  work: (connection: PoolConfig) => Promise<T>,
): Promise<T> {
  const server = await startPostgresServer(folder, () => undefined, settings);
  try {
    return await work(server.connection);
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
