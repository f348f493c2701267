import { createHash, randomBytes } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Pool } from "pg";
import { migrate } from "#platform/migrate";

/**
 * The server the tests use: TEST_DATABASE_URL, set by test/global-setup.ts for the embedded one, or a server on this host.
 * TEST_TEMPLATE, when set, names a database that is already migrated.
 */
export const SERVER = process.env["TEST_DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/test";

const DB_FOLDER = join(import.meta.dirname, "../db");

const admin = new Pool({ connectionString: SERVER, max: 2, allowExitOnIdle: true });

/** The address of another database on the same server. */
export function addressOf(database: string): string {
  const [head = "", query] = SERVER.split("?");
  return head.replace(/\/[^/]*$/, `/${database}`) + (query === undefined ? "" : `?${query}`);
}

// The throwaway server writes nothing through to disk, so copying files costs a fifth of writing them to its log.
const COPY = process.env["TEST_TEMPLATE"] === undefined ? "" : " strategy file_copy";

/** A fresh copy of the migrated template; `drop` takes it away again. */
export async function cloneDatabase(): Promise<{ name: string; drop: () => Promise<void> }> {
  const template = process.env["TEST_TEMPLATE"] ?? (await (made ??= makeTemplate()));
  const name = `sanwen_c_${randomBytes(8).toString("hex")}`;
  await admin.query(`create database ${name} template ${template}${COPY}`);
  return {
    name,
    drop: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
    },
  };
}

let made: Promise<string> | undefined;

/** Migrates a template named after the hash of db/: made once, by whichever process comes first (advisory lock), kept for later. */
async function makeTemplate(): Promise<string> {
  const migrations = globSync("migrations/*.sql", { cwd: DB_FOLDER }).sort();
  const hash = createHash("sha256");
  for (const path of [...migrations, "grants.sql"]) hash.update(readFileSync(join(DB_FOLDER, path)));
  const name = `sanwen_t_${hash.digest("hex").slice(0, 16)}`;
  const client = await admin.connect();
  try {
    await client.query("select pg_advisory_lock(20260728)");
    const known = await client.query("select from pg_database where datname = $1", [name]);
    if (known.rowCount === 0) {
      const making = `${name}_making`;
      await client.query(`drop database if exists ${making} with (force)`);
      await client.query(`create database ${making} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`);
      await migrate({ connectionString: addressOf(making) });
      await client.query(`alter database ${making} rename to ${name}`);
    }
    await client.query("select pg_advisory_unlock(20260728)");
    return name;
  } finally {
    client.release();
  }
}
