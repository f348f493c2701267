import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { inTime } from "#platform/in-time";
import { aTown } from "#test/town";
import { findCandidates } from "./candidates.ts";

async function alike(...sought: Parameters<typeof findCandidates>) {
  return (await findCandidates(...sought)) ?? assert.fail("it took too long to look");
}

test("where no place is said only what is told in much the same words is found, wherever it is, and says in which village", async (t) => {
  const cast = await aTown(t);
  const { town, at, villages, categories } = cast;
  const open = async (title: string, village: string) => {
    const what = OpenProblem.parse({ title, category: categories.complaint, village });
    return (await openProblem(town, cast.cast.qianWen, at, what)).problem;
  };
  const lamps = await open("主路路灯不亮", villages.xiling);
  await open("灯具厂排污水", villages.dongtang);
  const anywhere = { village: null, lon: null, lat: null };
  const found = await alike(town, { ...anywhere, text: "路灯不亮三天了" });
  assert.deepEqual(
    found.map(({ id, village, why }) => [id, village, why]),
    [[lamps, villages.xiling, { both: "路灯不亮", metres: null, sameVillage: false }]],
  );
  assert.deepEqual(await alike(town, { ...anywhere, text: "河里有死鱼" }), []);
});

test("what is alike is found behind the latest of its village too, by its rarest words", async (t) => {
  const cast = await aTown(t);
  const { town, at, villages, categories } = cast;
  const what = { category: categories.complaint, village: villages.dongtang };
  const old = await openProblem(town, cast.cast.qianWen, at, OpenProblem.parse({ ...what, title: "水塔漏水" }));
  await sql`insert into ledger.problem select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'number', p.number || n,
      'ordinal', p.ordinal + n, 'title', '广场舞扰民', 'search', ''))).*
    from ledger.problem p, generate_series(1, 310) n where p.town = ${town.id} and p.id = ${old.problem}`.execute(town.db);
  const found = await alike(town, { village: villages.dongtang, lon: null, lat: null, text: "村里水塔漏水了" });
  assert.deepEqual(
    found.map(({ id }) => id),
    [old.problem],
  );
});

test("a number that both begin alike makes nothing alike", async (t) => {
  const { town, cast, at, villages, categories } = await aTown(t);
  const what = { title: "东桥头路灯，第1件", category: categories.complaint, village: villages.dongtang };
  await openProblem(town, cast.qianWen, at, OpenProblem.parse(what));
  const sought = { village: villages.dongtang, lon: null, lat: null };
  assert.deepEqual(await alike(town, { ...sought, text: "集市上的摊位，第13件" }), []);
});

test("a look that takes too long says that nothing is known", async (t) => {
  const { town } = await aTown(t);
  assert.equal(await inTime(town, 20, (town) => sql`select pg_sleep(5)`.execute(town.db)), null);
  const { rows } = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(town.db);
  assert.equal(rows[0]?.statement_timeout, "30s", "and whoever asks next has as long as before");
});
