import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { pino } from "pino";
import { keepDraft } from "#intake/keep-draft";
import { newId } from "#platform/ids";
import { once } from "#platform/once";
import { aNotary } from "#test/notary";
import { aTown, aTownBeside, type ATown } from "#test/town";
import { DUTIES_OF_THE_CLOCK } from "./chores.ts";
import { doChore, startWorker } from "./start-worker.ts";

const quiet = pino({ level: "silent" });

function placeOf({ town }: ATown, now: () => Date) {
  return { db: town.db, keys: town.keys, blobs: town.blobs, notary: aNotary(), log: quiet, now };
}

test("the worker makes its own schema, knows every chore by its time, and stops", async (t) => {
  const cast = await aTown(t);
  const worker = await startWorker(
    placeOf(cast, () => cast.at),
    { connectionString: cast.database },
  );
  const client = new Client({ connectionString: cast.database });
  await client.connect();
  const { rows } = await client.query<{ name: string; cron: string; timezone: string }>(
    "select name, cron, timezone from pgboss.schedule order by name",
  );
  await client.end();
  await worker.stop();
  assert.deepEqual(
    rows.map(({ name, cron }) => ({ name, cron })),
    DUTIES_OF_THE_CLOCK.map(({ name, cron }) => ({ name, cron })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  assert.deepEqual(new Set(rows.map(({ timezone }) => timezone)), new Set(["Asia/Shanghai"]));
});

test("two workers on one database, and one started again, neither fail nor double a chore", async (t) => {
  const cast = await aTown(t);
  const place = placeOf(cast, () => cast.at);
  const both = await Promise.all([
    startWorker(place, { connectionString: cast.database }),
    startWorker(place, { connectionString: cast.database }),
  ]);
  await both[0].stop();
  const again = await startWorker(place, { connectionString: cast.database });
  await sleep(50);
  await Promise.all([both[1].stop(), again.stop()]);
});

test("a worker that cannot reach its database says so and leaves nothing open", async (t) => {
  const cast = await aTown(t);
  await assert.rejects(
    startWorker(
      placeOf(cast, () => cast.at),
      { connectionString: "postgres://postgres@127.0.0.1:1/none" },
    ),
    /couldn't start the worker/,
  );
});

test("every chore can be done for every town, twice in a row", async (t) => {
  const cast = await aTown(t);
  await aTownBeside(cast.town);
  for (const chore of [...DUTIES_OF_THE_CLOCK, ...DUTIES_OF_THE_CLOCK])
    await doChore(
      placeOf(cast, () => cast.at),
      chore,
    );
});

test("old drafts and the keys of old forms are swept, young ones stay", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const days = (count: number) => new Date(at.getTime() + count * 86_400_000);
  await keepDraft(town, at, { id: null, answers: { title: "旧" } });
  await keepDraft(town, days(7), { id: null, answers: { title: "新" } });
  for (const day of [0, 7]) await once(town, "test", days(day), newId(days(day)), async () => "/");
  for (const chore of DUTIES_OF_THE_CLOCK)
    await doChore(
      placeOf(cast, () => days(7.5)),
      chore,
    );
  assert.equal((await town.db.selectFrom("intake.draft").select("id").execute()).length, 1);
  assert.equal((await town.db.selectFrom("platform.form_key").select("key").execute()).length, 1);
});

test("a chore that fails in one town is done in the others, and is tried again", async (t) => {
  const cast = await aTown(t);
  await aTownBeside(cast.town);
  const done: string[] = [];
  const work = async ({ id }: { readonly id: string }) => {
    if (id === "linzhen") throw new Error("不行");
    done.push(id);
  };
  await assert.rejects(
    doChore(
      placeOf(cast, () => cast.at),
      { name: "half", cron: "* * * * *", work },
    ),
  );
  assert.deepEqual(done, ["shili"]);
});
