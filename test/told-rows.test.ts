import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Kysely, PostgresDialect, sql } from "kysely";
import { loadDemo } from "#demo/load-demo";
import { categoriseReport } from "#intake/categorise-report";
import { lookAtIdentity } from "#intake/look-at-identity";
import { receiveReport } from "#intake/receive-report";
import { reissueReceipt } from "#intake/reissue-receipt";
import { ReceiveReport } from "#intake/said";
import { changeTheme } from "#ledger/change-theme";
import { changeCategory } from "#limits/change-category";
import { listCategories } from "#limits/queries";
import { listOfficers } from "#people/queries";
import { DAY_MS } from "#platform/instant";
import { openPool } from "#platform/database";
import type { DB } from "#platform/schema.generated";
import type { Town } from "#platform/town";
import { checkProblems, checkReports, checkSettings, checkStanding, type Differs } from "#proof/check-standing";
import { PROBLEM_TABLES, REPORT_TABLES, SETTING_TABLES, type Compared } from "#proof/compared-tables";
import { addressOf } from "#test/database";
import { joinReport } from "#ledger/join-report";
import type { Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { askReporters } from "#verification/ask-reporters";
import { recordAttempt } from "#verification/record-attempt";
import { aPlaceWithoutTowns } from "#test/empty-place";
import { catchUp } from "#test/following";
import { TABLES_ASIDE } from "#test/tables-aside";
import { AT } from "#test/town";

type Tables = { readonly [table: string]: Compared };
const GROUPS: readonly (readonly [Tables, (town: Town) => Promise<readonly Differs[]>])[] = [
  [PROBLEM_TABLES, checkProblems],
  [REPORT_TABLES, checkReports],
  [SETTING_TABLES, checkSettings],
];

/** Another value of the same type, in SQL. */
const OTHERWISE: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `coalesce(${column}, '') || '改'`,
  uuid: () => "gen_random_uuid()",
  integer: (column) => `coalesce(${column}, 0) + 1`,
  smallint: (column) => `coalesce(${column}, 0) + 1`,
  bigint: (column) => `coalesce(${column}, 0) + 1`,
  "double precision": (column) => `coalesce(${column}, 0) + 0.5`,
  boolean: (column) => `not coalesce(${column}, false)`,
  date: (column) => `coalesce(${column}, '2020-01-01') + 1`,
  "timestamp with time zone": (column) => `coalesce(${column}, '2020-01-01') + interval '1 day'`,
  "text[]": (column) => `array_append(${column}, '改')`,
  "uuid[]": (column) => `array_append(${column}, gen_random_uuid())`,
  "integer[]": (column) => `array_append(${column}, 99)`,
  "smallint[]": (column) => `array_append(${column}, 99::smallint)`,
};

/** The demo town, whole by its own commands, and a connection to it that may do anything: a root administrator with a grudge. */
async function aTownAndItsRoot(t: TestContext) {
  const place = await aPlaceWithoutTowns(t);
  await loadDemo(place, AT);
  await reachNobody({ ...place, id: "shili" });
  await passOneOn({ ...place, id: "shili" });
  await loseAReceipt({ ...place, id: "shili" });
  await catchUp({ ...place, id: "shili" });
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(place.db);
  const pool = openPool({ connectionString: addressOf(rows[0]?.name ?? ""), max: 1, options: "-c timezone=UTC" });
  const root = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  t.after(() => root.destroy());
  return { ...place, id: "shili", db: root };
}

async function aClerk(town: Town): Promise<Officer> {
  const named = (await listOfficers(town)).find(({ name }) => name === "钱文") ?? assert.fail("no clerk in the demo town");
  return { ...named, duties: new Set(["clerk", "office"]) };
}

/** In the demo town no report of the inbox is about its people: one is passed to the receivers, late. */
async function passOneOn(town: Town): Promise<void> {
  const category = (await listCategories(town)).find(({ sealed }) => sealed) ?? assert.fail("no sealed category in the demo town");
  const waiting = town.db.selectFrom("intake.report").select("id").where("status", "=", "received").orderBy("id");
  const { id: report } = await waiting.executeTakeFirstOrThrow();
  await categoriseReport(town, await aClerk(town), new Date(AT.getTime() + 30 * DAY_MS), { report, category: category.id });
}

/** In the demo town nobody loses a receipt. */
async function loseAReceipt(town: Town): Promise<void> {
  const clerk = await aClerk(town);
  const category = (await listCategories(town)).find(({ sealed }) => !sealed)?.id ?? assert.fail("no category");
  const said = ReceiveReport.parse({ title: "井盖松了", category, phone: "13800001234" });
  const { report } = await receiveReport(town, null, AT, { ...said, channel: "web" });
  await lookAtIdentity(town, clerk, AT, { report, reasonClass: "receipt", reason: "回执号丢了" });
  await reissueReceipt(town, clerk, AT, { report, manner: "phone" });
}

/** In the demo town whoever is called answers: somebody joins, is asked, and is called in vain. */
async function reachNobody(town: Town): Promise<void> {
  const clerk = await aClerk(town);
  const verified = town.db.selectFrom("ledger.problem").select(["id", "version"]).where("status", "=", "verified").orderBy("ordinal");
  const { id: problem } = await verified.executeTakeFirstOrThrow();
  const report = newId(AT);
  await joinReport(town, clerk, AT, { problem, report, channel: "web", answer: null });
  const { version } = await verified.executeTakeFirstOrThrow();
  await askReporters(town, clerk, AT, { problem, version });
  const { id: question } = await town.db
    .selectFrom("verification.question")
    .select("id")
    .where("report", "=", report)
    .executeTakeFirstOrThrow();
  await recordAttempt(town, clerk, AT, { question, manner: "phone" });
}

/** Columns with their types as PostgreSQL writes them. */
async function columnsOf({ db }: Town, table: string): Promise<readonly { readonly column: string; readonly type: string }[]> {
  const { rows } = await sql<{ column: string; type: string }>`
    select attname as column, format_type(atttypid, null) as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attname <> 'town' order by attnum`.execute(db);
  return rows;
}

async function withoutConstraints({ db }: Town): Promise<void> {
  const { rows } = await sql<{ drop: string }>`
    select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname) as drop
    from pg_constraint
    where contype in ('c', 'f', 'u', 'p', 'x') and conrelid <> 0
      and connamespace::regnamespace::text not in ('pg_catalog', 'information_schema')`.execute(db);
  const dropAll = async (drops: readonly { readonly drop: string }[]) => {
    for (const { drop } of drops) await sql.raw(drop).execute(db);
  };
  await dropAll(rows);
  const { rows: indexes } = await sql<{ drop: string }>`
    select format('drop index %s', indexrelid::regclass) as drop from pg_index join pg_class c on c.oid = indrelid
    where indisunique and c.relnamespace::regnamespace::text not in ('pg_catalog', 'pg_toast', 'information_schema')`.execute(db);
  await dropAll(indexes);
}

test("a root administrator who changes any column that a page reads is found, and so is a row that goes or is slipped in", async (t) => {
  const town = await aTownAndItsRoot(t);
  assert.deepEqual(await checkStanding(town, () => undefined), [], "nobody touched anything");
  await sql`set session_replication_role = replica`.execute(town.db); // no trigger stands in root's way
  await withoutConstraints(town);

  const unseen: string[] = [];
  let edits = 0;
  const edit = async (what: string, by: string, look: (town: Town) => Promise<readonly Differs[]>, sees: (one: Differs) => boolean) => {
    await sql`begin`.execute(town.db);
    const { numAffectedRows } = await sql.raw(by).execute(town.db);
    assert.equal(numAffectedRows, 1n, `${what}: there is such a row in the demo town`);
    if (!(await look(town)).some(sees)) unseen.push(what);
    await sql`rollback`.execute(town.db);
    edits += 1;
  };

  for (const [tables, look] of GROUPS)
    for (const [table, { of, aside, known, untold }] of Object.entries(tables)) {
      const one = `(select ctid from ${table} where town = '${town.id}' order by ctid limit 1)`;
      const ofTable = (differs: Differs) => differs.table === table;
      for (const { column, type } of await columnsOf(town, table)) {
        if (column in aside) continue;
        const otherwise = OTHERWISE[type];
        assert.ok(otherwise !== undefined, `${table}.${column} is ${type}`);
        const isKey = column === of || known.flat().includes(column);
        const changed = `update ${table} set "${column}" = ${otherwise(`"${column}"`)} where ctid = ${one}`;
        await edit(`${table}.${column}`, changed, look, (differs) => ofTable(differs) && (isKey || differs.column === column));
      }
      await edit(`${table}: one goes`, `delete from ${table} where ctid = ${one}`, look, ofTable);
      if (untold !== undefined) continue;
      const doubled = `insert into ${table} select * from ${table} where ctid = ${one}`;
      await edit(`${table}: one is doubled`, doubled, look, ({ says, ...differs }) => differs.table === table && says === "slipped-in");
    }
  assert.deepEqual(unseen, []);
  assert.ok(edits >= 60, `${edits} edits`);
});

test("a setting that is changed, and is not the latest of its kind, stands as its events tell", async (t) => {
  const place = await aPlaceWithoutTowns(t);
  await loadDemo(place, AT);
  const town = { ...place, id: "shili" };
  const officers = await listOfficers(town);
  const [office, admin] = (["office", "system_admin"] as const).map((duty) => officers.find(({ duties }) => duties.has(duty)));
  assert.ok(office !== undefined && admin !== undefined);
  const [category] = await listCategories(town);
  assert.ok(category !== undefined);
  await changeCategory(town, admin, AT, { ...category, category: category.id, nameZh: "问一问" });
  const themes = await town.db.selectFrom("ledger.theme").selectAll().orderBy("id").execute();
  const [theme] = themes;
  assert.ok(theme !== undefined && themes.length > 1);
  const names = { nameZh: "改了名", nameEn: "Renamed" };
  await changeTheme(town, office, AT, { theme: theme.id, version: theme.version, position: theme.position, ...names });
  assert.deepEqual(await checkSettings(town), []);
});

test("every table is told by events or stands aside with a reason, and no other is named", async (t) => {
  const town = await aPlaceWithoutTowns(t);
  const { rows } = await sql<{ table: string }>`
    select table_schema || '.' || table_name as table from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema', 'pgboss') and table_type = 'BASE TABLE'`.execute(town.db);
  const named = [...GROUPS.flatMap(([tables]) => Object.keys(tables)), ...Object.keys(TABLES_ASIDE)];
  assert.deepEqual(named.toSorted(), rows.map(({ table }) => table).toSorted());
  for (const [tables] of GROUPS)
    for (const [table, { aside }] of Object.entries(tables)) {
      const columns = (await columnsOf(town, table)).map(({ column }) => column);
      assert.deepEqual(
        Object.keys(aside).filter((column) => !columns.includes(column)),
        [],
        `${table} has every column that stands aside`,
      );
    }
});
