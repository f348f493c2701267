import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { addressOf, cloneDatabase } from "#test/database";
import { aSuperuser } from "#test/superuser";
import { DatabaseAway } from "./away.ts";
import { openDatabase } from "./database.ts";
import { onOneConnection, readAtOnce, transact, type Db } from "./town.ts";

async function aDatabase(t: TestContext, max = 4): Promise<{ readonly db: Db; readonly address: string }> {
  const database = await cloneDatabase();
  const address = addressOf(database.name);
  const db = openDatabase({ connectionString: address, max });
  t.after(async () => {
    await db.destroy();
    await database.drop();
  });
  return { db, address };
}

const towns = (db: Db) => db.selectFrom("people.town").select("town").execute();

test("inside a transaction nothing asks for a second connection, not even of a pool with room", async (t) => {
  const { db } = await aDatabase(t);
  for (const hold of [transact, readAtOnce, onOneConnection<{ readonly db: Db }, unknown>])
    await assert.rejects(
      hold({ db }, () => towns(db)),
      /couldn't take a second connection/,
    );
  await assert.rejects(
    transact({ db }, () => transact({ db }, (inner) => towns(inner.db))),
    /couldn't take a second connection/,
  );
  assert.deepEqual(await transact({ db }, (place) => readAtOnce(place, ({ db }) => towns(db))), []);
  assert.deepEqual(await onOneConnection({ db }, (place) => transact(place, ({ db }) => towns(db))), []);
});

test("what a transaction started and did not wait for may ask again once it is over", async (t) => {
  const { db } = await aDatabase(t);
  const later = await transact({ db }, async () => ({ asked: sleep(50).then(() => towns(db)) }));
  assert.deepEqual(await later.asked, []);
});

test("a reader does not wait behind those who write", async (t) => {
  const { db } = await aDatabase(t);
  const over = Promise.withResolvers<void>();
  const writing = Array.from({ length: 40 }, () => transact({ db }, () => over.promise));
  assert.deepEqual(await towns(db).finally(() => over.resolve()), []);
  await Promise.all(writing);
});

test("connections ended by the server fail what they were doing, in a word of its own, and are replaced", async (t) => {
  const { db, address } = await aDatabase(t);
  const admin = await aSuperuser(t, address);
  const lost = transact({ db }, async ({ db }) => {
    await sql`select 1`.execute(db);
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await sleep(100);
    await sql`select 1`.execute(db);
  });
  await assert.rejects(lost, DatabaseAway);
  assert.deepEqual(await towns(db), []);
});

test("a database that is not there is told from a wrong statement", async (t) => {
  const nowhere = openDatabase({ connectionString: "postgres://sanwen@127.0.0.1:1/none" });
  t.after(() => nowhere.destroy());
  await assert.rejects(towns(nowhere), DatabaseAway);
  const { db } = await aDatabase(t);
  await assert.rejects(sql`select no such thing`.execute(db), (error) => !(error instanceof DatabaseAway));
});
