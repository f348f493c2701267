import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { aTown } from "#test/town";
import { sweepFormKeys } from "./once.ts";

test("keys of old forms go in batches and wait for nobody who holds one; those of the last week stay", async (t) => {
  const { town, at } = await aTown(t);
  const old = new Date(at.getTime() - 8 * 86_400_000);
  await sql`insert into platform.form_key (town, purpose, key, used_at) select ${town.id}, 'old', gen_random_uuid(), ${old}
    from generate_series(1, 5100)`.execute(town.db);
  await sql`insert into platform.form_key (town, purpose, key, used_at) values (${town.id}, 'young', gen_random_uuid(), ${at})`.execute(
    town.db,
  );
  const left = async () =>
    (await sql<{ purpose: string }>`select purpose from platform.form_key`.execute(town.db)).rows.map(({ purpose }) => purpose);
  await town.db.transaction().execute(async (held) => {
    await sql`select from platform.form_key where purpose = 'old' limit 1 for update`.execute(held);
    await sweepFormKeys(town, at);
  });
  assert.deepEqual((await left()).sort(), ["old", "young"]);
  await sweepFormKeys(town, at);
  assert.deepEqual(await left(), ["young"]);
});
