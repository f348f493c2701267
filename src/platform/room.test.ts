import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { addressOf, cloneDatabase } from "#test/database";
import { AT } from "#test/town";
import { openDatabase } from "./database.ts";
import { isDiskFull, watchRoom } from "./room.ts";

test("while the disk has little room the town can be read and not written, and then written again", async (t) => {
  const database = await cloneDatabase();
  const room = { low: false };
  const db = openDatabase({ connectionString: addressOf(database.name), max: 1 }, { isLow: () => room.low, forget: () => undefined });
  t.after(async () => {
    await db.destroy();
    await database.drop();
  });
  const write = (where = db) =>
    where
      .insertInto("people.town")
      .values({ town: "shili", name_zh: "示例镇", name_en: "Shili", prefix: "SL", host: null, added_at: AT })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const count = async () => (await sql<{ towns: number }>`select count(*) as towns from people.town`.execute(db)).rows[0]?.towns;
  const none = await count();
  room.low = true;
  await assert.rejects(write(), isDiskFull);
  await assert.rejects(
    db.transaction().execute((within) => write(within)),
    isDiskFull,
  );
  assert.equal(await count(), none);
  room.low = false;
  await write();
  assert.equal(await count(), Number(none) + 1);
});

test("a disk with room to spare is not low", async () => {
  const room = await watchRoom(import.meta.dirname);
  room.forget();
  assert.equal(room.isLow(), false);
});
