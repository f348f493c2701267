import assert from "node:assert/strict";
import { appendFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Client } from "pg";
import { emptyDatabase } from "#test/empty-database";
import { CannotStart } from "./cannot-start.ts";
import { migrate } from "./migrate.ts";

/** A database with nothing in it and a copy of db/ to change. */
async function aPlace(t: TestContext) {
  const database = await emptyDatabase();
  const folder = await mkdtemp(join(tmpdir(), "sanwen-db-"));
  await cp(join(import.meta.dirname, "../../db"), folder, { recursive: true });
  t.after(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });
  return {
    connection: { connectionString: database.connectionString },
    folder,
    add: (name: string, sql: string) => writeFile(join(folder, "migrations", name), sql),
  };
}

async function ask(connection: { connectionString: string }, sql: string): Promise<unknown[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("migrating twice does nothing the second time", async (t) => {
  const { connection, folder } = await aPlace(t);
  assert.notEqual((await migrate(connection, folder)).length, 0);
  assert.deepEqual(await migrate(connection, folder), []);
});

test("two programs that migrate at once do every step once", async (t) => {
  const { connection, folder } = await aPlace(t);
  const steps = (await Promise.all([migrate(connection, folder), migrate(connection, folder)])).flat();
  assert.equal(new Set(steps).size, steps.length);
});

test("a step that fails leaves nothing of itself, and the next start does it again", async (t) => {
  const { connection, folder, add } = await aPlace(t);
  await migrate(connection, folder);
  await add("9000_broken.sql", "create table platform.half (id int); select 1 / 0;");
  await assert.rejects(migrate(connection, folder), /9000_broken/);
  assert.deepEqual(await ask(connection, "select to_regclass('platform.half') as half"), [{ half: null }]);
  await add("9000_broken.sql", "create table platform.half (id int);");
  assert.deepEqual(await migrate(connection, folder), ["9000_broken.sql"]);
});

test("a database newer than the program is refused", async (t) => {
  const { connection, folder, add } = await aPlace(t);
  await add("9001_from_the_future.sql", "create table platform.future (id int);");
  await migrate(connection, folder);
  await rm(join(folder, "migrations/9001_from_the_future.sql"));
  await assert.rejects(
    migrate(connection, folder),
    (error) => error instanceof CannotStart && /newer than the program.*9001/.test(error.en),
  );
});

test("a step that was changed after it had run is refused", async (t) => {
  const { connection, folder } = await aPlace(t);
  await migrate(connection, folder);
  await appendFile(join(folder, "migrations/0001_platform.sql"), "\n-- a second thought\n");
  await assert.rejects(
    migrate(connection, folder),
    (error) => error instanceof CannotStart && /0001_platform\.sql was changed/.test(error.en),
  );
});

test("a database that does not answer is a sentence, not a stack", async () => {
  await assert.rejects(
    migrate({ host: "127.0.0.1", port: 1, user: "nobody" }),
    (error) => error instanceof CannotStart && /Couldn't reach the database/.test(error.en),
  );
});
