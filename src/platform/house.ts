import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Client, type PoolConfig } from "pg";
import { openBlobs } from "./blobs.ts";
import { CannotStart, type Say } from "./cannot-start.ts";
import { lockDataFolder, makeDataFolder } from "./data-folder.ts";
import { openDatabase } from "./database.ts";
import { openKeys, type MasterKey } from "./keys.ts";
import { ownLogin, refuseOwnersLogin } from "./login-role.ts";
import { migrate, migrationsPending } from "./migrate.ts";
import { openNotary, type Notary } from "./notary.ts";
import { runningPostgresServer, startPostgresServer, type PostgresServer } from "./postgres-server/postgres-server.ts";
import { SOMEBODY_ELSES, watchRoom, type Room } from "./room.ts";
import { testSealing } from "./sealing.ts";
import type { Settings } from "./settings.ts";
import { settleWith, type Settle } from "./settling.ts";
import type { Town } from "./town.ts";

/** Everything below the rooms, open: what every town of this deployment shares. */
export type House = Omit<Town, "id"> & {
  /** Signs the towns' logs. */
  readonly notary: Notary;
  /** As the owner of the schemas. */
  readonly connection: PoolConfig;
  /** The embedded server, when this process started or adopted it. */
  readonly server: PostgresServer | null;
  /** The migrations that opening it ran. */
  readonly migrated: readonly string[];
  close(): Promise<void>;
};

/**
 * Opens the house to live in it: lock, key, database, migrations, in this order; `close` undoes them backwards.
 * The lock is held until the database has stopped, so nobody finds a half-stopped house.
 */
export async function openHouse(settings: Settings, say: Say, settle: Settle): Promise<House> {
  await makeDataFolder(settings.dataFolder);
  testSealing();
  const lock = await lockDataFolder(settings.dataFolder);
  let server: PostgresServer | null = null;
  try {
    const keys = await openKeys(settings.keyFile, settings.algorithms);
    if (settings.databaseUrl === null) server = await startPostgresServer(settings.dataFolder, say);
    const connection = server?.connection ?? { connectionString: settings.databaseUrl ?? "" };
    const migrated = await migrate(connection);
    if (migrated.length > 0) say(`数据库已更新：${migrated.length} 步`, `The database was brought up to date: ${migrated.length} steps`);
    await refuseOtherKey(connection, keys, settings.keyFile);
    const room = server === null ? SOMEBODY_ELSES : await watchRoom(server.folder);
    const login = await applicationLogin(settings, connection);
    return await furnished({ settings, keys, connection, login, server, migrated, room, say, settle }, async () => {
      room.forget();
      await server?.stop();
      await lock.release();
    });
  } catch (error) {
    await server?.stop();
    await lock.release();
    throw error;
  }
}

/**
 * Opens the house for one command. Beside a running program it uses that one's database and leaves it running;
 * else it starts the database for itself, under the same lock.
 */
export async function visitHouse(settings: Settings, say: Say, settle: Settle): Promise<House> {
  const running = settings.databaseUrl === null ? await runningPostgresServer(settings.dataFolder) : null;
  if (settings.databaseUrl === null && running === null) return openHouse(settings, say, settle);
  const connection = running?.connection ?? { connectionString: settings.databaseUrl ?? "" };
  await makeDataFolder(settings.dataFolder);
  const keys = await openKeys(settings.keyFile, settings.algorithms);
  const login = await applicationLogin(settings, connection);
  const parts = { settings, keys, connection, login, server: null, migrated: [], room: SOMEBODY_ELSES, say, settle };
  const house = await furnished(parts, async () => undefined);
  try {
    await refuseUnmigrated(house);
    await refuseOtherKey(connection, keys, settings.keyFile);
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
}

type Parts = Pick<House, "connection" | "server" | "migrated"> & {
  readonly settings: Settings;
  readonly keys: MasterKey;
  /** The application's own. */
  readonly login: PoolConfig;
  readonly room: Room;
  readonly say: Say;
  readonly settle: Settle;
};

/** How the application itself connects: on a server that is ours under its own name; elsewhere as the operator said. */
async function applicationLogin({ databaseUrl, databaseAppUrl }: Settings, owner: PoolConfig): Promise<PoolConfig> {
  if (databaseUrl === null) return ownLogin(owner);
  return databaseAppUrl === null ? owner : { connectionString: databaseAppUrl };
}

async function furnished({ settings, keys, login, room, say, settle, ...parts }: Parts, leave: () => Promise<void>): Promise<House> {
  const db = openDatabase(login, room);
  settleWith(db, settle);
  if (settings.databaseAppUrl !== null)
    await refuseOwnersLogin(db).catch(async (error: unknown) => {
      await db.destroy();
      throw error;
    });
  const close = async () => {
    await db.destroy();
    await leave();
  };
  const blobs = openBlobs(join(settings.dataFolder, "files"));
  const notary = openNotary(settings.keyFile, join(settings.dataFolder, "log"), say);
  return { db, keys, blobs, notary, ...parts, close };
}

async function refuseUnmigrated({ db }: House): Promise<void> {
  const pending = await migrationsPending(db).catch((cause: unknown) => {
    throw new CannotStart(
      "数据库还没有建好，或连不上。请先执行：npx sanwen migrate",
      "The database is not made yet, or cannot be reached. First run: npx sanwen migrate",
      cause,
    );
  });
  if (pending.length === 0) return;
  throw new CannotStart(
    `数据库还差 ${pending.length} 步更新。请先执行：npx sanwen migrate`,
    `The database lacks ${pending.length} steps. First run: npx sanwen migrate`,
  );
}

/** A key made just now is taken away again when the database belongs to another one: the right file has yet to be put back. */
async function refuseOtherKey(connection: PoolConfig, keys: MasterKey, keyFile: string): Promise<void> {
  const client = new Client(connection);
  client.on("error", () => undefined); // a lost connection also fails the query that waits for it
  await client.connect();
  try {
    await client.query("insert into platform.master_key (fingerprint) values ($1) on conflict do nothing", [keys.fingerprint]);
    const { rows } = await client.query<{ fingerprint: string }>("select fingerprint from platform.master_key");
    if (rows[0]?.fingerprint === keys.fingerprint) return;
  } finally {
    await client.end();
  }
  if (keys.isNew) await rm(keyFile);
  throw new CannotStart(
    `密钥文件 ${keyFile} ${keys.isNew ? "不存在" : "不是这个数据库的密钥"}。请从备份恢复原来的密钥文件；没有它就读不出举报人的联系方式。`,
    `The key file ${keyFile} ${keys.isNew ? "is missing" : "is not the one of this database"}. ` +
      "Restore the former one from your backup; without it the reporters' contacts cannot be read.",
  );
}
