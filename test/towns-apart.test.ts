import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { ROOMS } from "./floors.ts";
import { unnamed } from "./naming-client.ts";
import { aTown } from "./town.ts";

/** Tables of rooms that belong to no town, with the reason. */
const OF_ALL_TOWNS: Readonly<Record<string, string>> = {};

/** Keys that hold all towns together, with the reason. */
const OF_MANY_TOWNS: Readonly<Record<string, string>> = {
  "people.town_host_key": "a host is one town's, so that an address leads to one",
};

/** Triggers on a town's table, with what they wait for: on a table spread over machines each would have to be made on every part. */
const TRIGGERS: Readonly<Record<string, string>> = {
  arrows: "refuses a move that the lifecycle does not draw, whoever makes it",
  directory_moved: "names are remembered by a version that moves with them",
  directory_moved_town: "as directory_moved",
  directories_moved: "as directory_moved: a policy or calendar of all",
  directories_moved_host: "as directory_moved: a town's host is every town's matter",
};

test("every table of a room has a town, and every key of it begins with it", async (t) => {
  const { town } = await aTown(t);
  const { rows: tables } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any (${[...ROOMS]}::text[]) and c.relkind in ('r', 'p')
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'town' and not a.attisdropped)`.execute(town.db);
  assert.deepEqual(tables.map(({ name }) => name).sort(), Object.keys(OF_ALL_TOWNS).sort());
  const { rows: keys } = await sql<{ index: string }>`
    select i.indexrelid::regclass::text as index from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where n.nspname = any (${[...ROOMS]}::text[]) and i.indisunique and a.attname is distinct from 'town'`.execute(town.db);
  assert.deepEqual(keys.map(({ index }) => index).sort(), Object.keys(OF_MANY_TOWNS).sort());
});

test("a trigger on a town's table stands on the list, with its reason", async (t) => {
  const { town } = await aTown(t);
  const { rows } = await sql<{ name: string }>`
    select distinct g.tgname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any (${[...ROOMS]}::text[]) and not g.tgisinternal`.execute(town.db);
  assert.deepEqual(rows.map(({ name }) => name).sort(), Object.keys(TRIGGERS).sort());
});

test("a statement names the town as often as it names a table of one", () => {
  assert.equal(unnamed(`select * from "ledger"."problem" where "town" = $1 and "id" = $2`), 0);
  assert.equal(unnamed(`insert into "ledger"."problem" as p ("id", "town") values ($1, $2) on conflict do nothing`), 0);
  assert.equal(unnamed(`update ledger.number_given set last = ledger.number_given.last + 1 where town = $1 and year = $2`), 0);
  assert.equal(unnamed(`select audit.append_event($1, $2)`), 0);
  assert.equal(unnamed(`select distinct "town" from "audit"."waiting"`), 0);
  assert.equal(unnamed(`select * from ledger.problem where id = $1`), 1);
  assert.equal(unnamed(`delete from audit.waiting where ctid = any (array(select ctid from audit.waiting where town = $1))`), 1);
  assert.equal(unnamed(`select 1 from ledger.problem p join ledger.assignment a on a.problem = p.id where p.town = $1`), 1);
});
