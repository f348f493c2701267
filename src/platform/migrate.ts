import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { Client, type PoolConfig } from "pg";
import { CannotStart } from "./cannot-start.ts";
import { ROOT } from "./root.ts";
import type { Db } from "./town.ts";

const FOLDER = join(ROOT, "db");
const OLDEST_SERVER = 150_000;

/** One of ours, chosen once: held while migrating, so that two programs starting at once migrate one after the other. */
const LOCK = 20_260_728;

type Migration = { readonly number: number; readonly name: string; readonly sql: string; readonly sha256: string };

/**
 * Brings the database to this code: each file once, in order, in a transaction of its own together with its record, so a
 * crash leaves whole steps only. Returns the names of those it ran. `folder` is another one only in tests.
 */
export async function migrate(connection: PoolConfig, folder = FOLDER): Promise<readonly string[]> {
  const files = await migrationsIn(folder);
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // a lost connection also fails the query that waits for it
  await client.connect().catch((cause: unknown) => {
    throw unreachable(cause);
  });
  try {
    await refuseUnfitServer(client);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    const applied = await recordedIn(client);
    refuseUnknown(applied, files);
    const pending = files.filter((file) => !applied.has(file.name));
    for (const file of pending) await apply(client, file);
    await grant(client, folder);
    return pending.map((file) => file.name);
  } finally {
    await client.end();
  }
}

/** The files of this code that the database has not run yet. */
export async function migrationsPending(db: Db): Promise<readonly string[]> {
  const files = await migrationsIn(FOLDER);
  const { rows } = await sql<{ name: string }>`select name from platform.migration`.execute(db);
  const names = new Set(rows.map((row) => row.name));
  return files.map((file) => file.name).filter((name) => !names.has(name));
}

async function migrationsIn(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(join(folder, "migrations"))).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, "migrations", name), "utf8");
      return { number: Number(name.slice(0, 4)), name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function refuseUnfitServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
  );
  const [server] = rows;
  if (server === undefined) throw new Error("couldn't ask the database for its version");
  if (server.version < OLDEST_SERVER) {
    const found = Math.floor(server.version / 10_000);
    throw new CannotStart(
      `数据库是 PostgreSQL ${found}，本程序需要 15 或更新。`,
      `The database is PostgreSQL ${found}; this program needs 15 or newer.`,
    );
  }
  if (server.encoding === "UTF8") return;
  throw new CannotStart(
    `数据库的编码是 ${server.encoding}，应为 UTF8。请用 createdb --encoding=UTF8 --template=template0 重新建库。`,
    `The database's encoding is ${server.encoding}; it must be UTF8. Make it again with createdb --encoding=UTF8 --template=template0.`,
  );
}

async function recordedIn(client: Client): Promise<ReadonlyMap<string, string>> {
  await client.query("create schema if not exists platform").catch((cause: unknown) => {
    throw mayNot(cause);
  });
  await client.query(
    `create table if not exists platform.migration (
       number integer not null unique, name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ name: string; sha256: string }>("select name, sha256 from platform.migration order by name");
  return new Map(rows.map((row) => [row.name, row.sha256]));
}

/** Old code on a new schema would write what the new code cannot read; a changed file would leave two kinds of databases. */
function refuseUnknown(applied: ReadonlyMap<string, string>, files: readonly Migration[]): void {
  for (const [name, sha256] of applied) {
    const file = files.find((known) => known.name === name);
    if (file === undefined) {
      throw new CannotStart(
        `数据库比程序新：它已执行 ${name}，而这个版本的程序没有这一步。请使用更新的程序版本。`,
        `The database is newer than the program: it has run ${name}, which this version does not know. Use a newer version of the program.`,
      );
    }
    if (file.sha256 === sha256) continue;
    throw new CannotStart(
      `迁移文件 ${name} 在执行之后被改动过。请恢复原文件；改动应写成新的迁移。`,
      `The migration ${name} was changed after it had run. Restore the file; a change belongs in a new migration.`,
    );
  }
}

async function apply(client: Client, file: Migration): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(file.sql);
    await client.query("insert into platform.migration (number, name, sha256) values ($1, $2, $3)", [file.number, file.name, file.sha256]);
  }).catch((cause: unknown) => {
    throw new Error(`couldn't run the migration ${file.name}`, { cause });
  });
}

async function grant(client: Client, folder: string): Promise<void> {
  const sql = await readFile(join(folder, "grants.sql"), "utf8");
  await inTransaction(client, () => client.query(sql)).catch((cause: unknown) => {
    throw mayNot(cause);
  });
}

async function inTransaction(client: Client, work: () => Promise<unknown>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

function unreachable(cause: unknown): CannotStart {
  const why = cause instanceof AggregateError ? String(cause.errors[0]) : cause instanceof Error ? cause.message : String(cause);
  return new CannotStart(`连不上数据库：${why}`, `Couldn't reach the database: ${why}`, cause);
}

function mayNot(cause: unknown): unknown {
  const isPrivilege = cause instanceof Error && "code" in cause && cause.code === "42501";
  if (!isPrivilege) return cause;
  return new CannotStart(
    "数据库用户权限不够：它应能在该数据库里建 schema，并能建角色；或请管理员先执行：CREATE ROLE sanwen_app; GRANT sanwen_app TO 该用户",
    "The database user may not do this: it must be able to make schemas in the database, " +
      "and roles; or have an administrator run first: CREATE ROLE sanwen_app; " +
      "GRANT sanwen_app TO that user",
    cause,
  );
}
