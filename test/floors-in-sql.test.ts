import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { Town } from "#platform/town";
import { FLOORS, floorOf, ROOMS, shipped, type Source } from "./floors.ts";
import { aTown } from "./town.ts";

/** Who looks upstairs all the same, with what it waits for. A line that nothing needs any more fails as well. */
const UPSTAIRS: Readonly<Record<string, string>> = {};

/** Something of one room that names something of another. */
type Reach = { readonly from: string; readonly to: string; readonly says: string };

test("the floors are true in SQL: queries, functions, triggers and keys name only their own floor or one below", async (t) => {
  const { town } = await aTown(t);
  const named = await namesOf(town);
  const reaches = [...queriesOf(named), ...(await functionsOf(town, named)), ...(await triggersOf(town)), ...(await keysOf(town))];
  const upstairs = reaches.filter(({ from, to }) => floorOf(to) > floorOf(from)).map(({ says }) => says);
  assert.deepEqual([...new Set(upstairs)].sort(), Object.keys(UPSTAIRS).sort());
});

test("every schema is a room's, and every table and function lies in one", async (t) => {
  const { town } = await aTown(t);
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema|public|pgboss)'`.execute(town.db);
  assert.deepEqual(
    rows.map(({ name }) => name).filter((name) => !["platform", ...ROOMS].includes(name)),
    [],
  );
});

test("a query that looks upstairs is found, however it is written", () => {
  const named = new Set(["people.unit", "ledger.problem", "publication.count_again"]);
  const found = (text: string) => queryReaches({ path: "town/people/a.ts", floor: "people", text, imports: [] }, named).map(({ to }) => to);
  assert.deepEqual(found(`db.selectFrom("ledger.problem as p")`), ["ledger"]);
  assert.deepEqual(found("sql`select 1 from ledger.problem p join people.unit u on true`"), ["ledger", "people"]);
  assert.deepEqual(found("sql`select publication.count_again(${town.id})`"), ["publication"]);
  assert.deepEqual(found("// as ledger.problem says\nconst t = words.ledger.problem;"), []);
});

/** `schema.name` of every table, view and function there is. */
async function namesOf(town: Town): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname = any (${[...FLOORS]}::text[])
    union select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any (${[...FLOORS]}::text[])`.execute(town.db);
  return new Set(rows.map(({ name }) => name));
}

function queriesOf(named: ReadonlySet<string>): readonly Reach[] {
  return shipped.filter(({ floor }) => ["platform", ...ROOMS].includes(floor)).flatMap((source) => queryReaches(source, named));
}

function queryReaches({ floor, text }: Source, named: ReadonlySet<string>): readonly Reach[] {
  return namesIn(withoutComments(text), named).map((name) => ({ from: floor, to: roomOf(name), says: `${floor} reads ${name}` }));
}

async function functionsOf(town: Town, named: ReadonlySet<string>): Promise<readonly Reach[]> {
  const { rows } = await sql<{ room: string; name: string; text: string }>`
    select n.nspname as room, p.proname as name, pg_get_functiondef(p.oid) as text
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any (${[...FLOORS]}::text[]) and p.prokind = 'f'`.execute(town.db);
  return rows.flatMap(({ room, name, text }) =>
    namesIn(text, named).map((other) => ({ from: room, to: roomOf(other), says: `function ${room}.${name} reads ${other}` })),
  );
}

async function triggersOf(town: Town): Promise<readonly Reach[]> {
  const { rows } = await sql<{ name: string; from: string; to: string }>`
    select g.tgname as name, n.nspname as "from", m.nspname as "to"
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_proc p on p.oid = g.tgfoid join pg_namespace m on m.oid = p.pronamespace
    where not g.tgisinternal and n.nspname = any (${[...FLOORS]}::text[])`.execute(town.db);
  return rows.map(({ name, from, to }) => ({ from, to, says: `trigger ${name} of ${from} runs ${to}` }));
}

async function keysOf(town: Town): Promise<readonly Reach[]> {
  const { rows } = await sql<{ name: string; from: string; to: string }>`
    select k.conname as name, n.nspname as "from", m.nspname as "to"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class d on d.oid = k.confrelid join pg_namespace m on m.oid = d.relnamespace
    where k.contype = 'f' and n.nspname = any (${[...FLOORS]}::text[])`.execute(town.db);
  return rows.map(({ name, from, to }) => ({ from, to, says: `key ${name} of ${from} leads to ${to}` }));
}

function namesIn(text: string, named: ReadonlySet<string>): readonly string[] {
  const plain = text.replaceAll(/"([a-z_]+)"\."([a-z_]+)"|([a-z_]+)\."([a-z_]+)"/g, "$1$3.$2$4");
  const found = [...plain.matchAll(/(?<![\w.#/-])([a-z]+\.[a-z_]+)/g)].map((match) => match[1] ?? "");
  return [...new Set(found)].filter((name) => named.has(name));
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
}

function roomOf(name: string): string {
  return name.split(".")[0] ?? "";
}
