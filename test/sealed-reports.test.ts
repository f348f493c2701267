import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { sql } from "kysely";
import { checkSealed, commitSealed } from "#audit/commit-sealed";
import { doctor } from "#doors/cli/doctor";
import { logCommand } from "#doors/cli/log";
import { wordsCommand } from "#doors/cli/words";
import { categoriseReport } from "#intake/categorise-report";
import { receiveReport } from "#intake/receive-report";
import type { Officer } from "#people/officer";
import { checkReports, checkSettings } from "#proof/check-standing";
import {
  aHouse,
  aResident,
  FOR_RECEIVERS,
  FOR_SECRETARY,
  MARKS,
  plant,
  PLANTED,
  REPORTER,
  said,
  settle,
  type AHouse,
  type Planted,
} from "./planted.ts";
import { quickFolder } from "./quick-folder.ts";
import { minutesAfter } from "./report.ts";
import { aRoof } from "./roof.ts";
import { aSuperuser } from "./superuser.ts";
import { addressesOf, differing, see, send, type Seen } from "./walked-pages.ts";

const SEARCHES = ["/office/inbox?status=all&q=", "/office/ledger?q=", "/ledger?q=", "/api/v1/problems?q="];
const LISTS = ["/office/inbox?status=all", "/office/inbox?status=added", "/office/inbox?category=undecided", "/feed.xml"];

/** Every address of every door, those that ask for something asked for what there is, planted or not. */
async function whole({ town }: AHouse, { reports, photos }: Planted): Promise<readonly string[]> {
  const { number } = await town.db.selectFrom("ledger.problem").select("number").orderBy("number").limit(1).executeTakeFirstOrThrow();
  const { id: report } = await town.db.selectFrom("intake.report").select("id").limit(1).executeTakeFirstOrThrow();
  const verbs = ["report.received", "report.added-to", "file.added", "identity.looked-at"].map((verb) => `/office/log?verb=${verb}`);
  const found = SEARCHES.flatMap((address) => MARKS.map((mark) => address + encodeURIComponent(mark)));
  return [...addressesOf({ ids: [number, report, ...reports], hashes: photos }), ...found, ...LISTS, ...verbs];
}

/** Marks that stand on a page, and planted photos that a door gives out. */
function gotOut(seen: Seen, photos: readonly string[]): readonly string[] {
  return [...seen].flatMap(([path, text]) => {
    // What was searched for stands in the field of the search.
    const marks = path.includes("q=") ? [] : MARKS.filter((mark) => text.includes(mark));
    const isShown = photos.some((photo) => path.includes(photo)) && text.startsWith("200 ");
    return [...marks.map((mark) => `${path}: ${mark}`), ...(isShown ? [`${path}: a photo`] : [])];
  });
}

/** What the log has come to. */
async function counted({ town }: AHouse) {
  const count = async (table: "audit.event" | "log.leaf" | "audit.waiting") =>
    (await sql<{ rows: number }>`select count(*)::int as rows from ${sql.table(table)} where town = ${town.id}`.execute(town.db)).rows;
  return { events: await count("audit.event"), leaves: await count("log.leaf"), waiting: await count("audit.waiting") };
}

test("of reports about people of the town nobody but their receivers finds a word, a photo, a number or the time", async (t) => {
  const house = await aHouse(t);
  const { cast, town } = house;
  const receivers: ReadonlySet<Officer> = new Set([cast.fengZheng, cast.zhaoShu]);
  const everybody = [null, ...Object.values(cast)];
  const general = await whole(house, { reports: [], photos: [] });
  const before = new Map<Officer | null, Seen>();
  for (const one of everybody) before.set(one, await see(house, one, general));
  const standing = await counted(house);

  const planted = await plant(house);
  await settle(house);
  assert.deepEqual(await counted(house), standing, "not one event, not one leaf: nothing has a minute");
  const wrong: string[] = [];
  const addresses = [...new Set([...general, ...(await whole(house, planted))])];
  for (const one of everybody) {
    const name = one?.name ?? "anybody";
    if (one !== null && receivers.has(one)) continue;
    const seen = await see(house, one, addresses);
    wrong.push(...gotOut(seen, planted.photos).map((found) => `${name} ${found}`));
    wrong.push(...differing(before.get(one) ?? new Map(), seen).map((path) => `${name} ${path} is not as it was`));
  }
  assert.deepEqual(wrong, []);

  for (const [officer, marks] of [
    [cast.fengZheng, FOR_RECEIVERS],
    [cast.zhaoShu, FOR_SECRETARY],
  ] as const) {
    const list = (await see(house, officer, ["/office/sealed"])).get("/office/sealed") ?? "";
    assert.deepEqual(
      MARKS.filter((mark) => list.includes(mark)),
      marks,
      `${officer.name} finds those meant for them, and no other`,
    );
  }
  assert.deepEqual(await tablesWithMarks(house), ["audit.sealed_event", "intake.sealed_report", "intake.sealed_word"]);
  assert.deepEqual(
    [...(await checkReports(town)), ...(await checkSettings(town))].filter(({ table }) => table.includes("sealed")),
    [],
  );
});

test("no export, no search by telephone, no other receipt and no command line gives them away", async (t) => {
  const house = await aHouse(t);
  const { cast, town, clock, program, otherCode } = house;
  const planted = await plant(house);
  await settle(house);
  const texts = new Map<string, string>();
  const SENT = [
    ["/office/bulk/export", {}],
    ["/office/log/export", {}],
    ["/office/inbox/by-phone", { phone: REPORTER.phone, reasonClass: "call-back", reason: "对方丢了回执号" }],
    ["/office/inbox/search", { q: "甲子记号" }],
    ["/office/calls/similar", { ...PLANTED.officer, village: house.villages.dongtang }],
  ] as const;
  for (const officer of [cast.qianWen, cast.zhengShang, cast.shenJi, cast.wangLu])
    for (const [path, fields] of SENT) texts.set(`${officer.name} ${path}`, await send(house, officer, path, fields));
  assert.match(texts.get("钱文 /office/inbox/by-phone") ?? "", /井盖没了/, "the search does find what is not sealed");

  const other = aResident(house);
  await other.post("/track", { code: otherCode });
  for (const path of ["/track/story", "/track/story/about-me"]) texts.set(path, (await other.get(path)).text);

  const folder = await mkdtemp(join(await quickFolder(), "sanwen-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  clock.at = minutesAfter(clock.at, 24 * 60);
  await commitSealed(town, clock.at);
  await settle(house);
  const { roof, said: printed } = aRoof(town, program.notary, folder);
  const { number } = await town.db.selectFrom("ledger.problem").select("number").limit(1).executeTakeFirstOrThrow();
  for (const command of [
    doctor([]),
    doctor(["--deep"]),
    logCommand(["verify"]),
    logCommand(["figures"]),
    logCommand(["export", "--to", join(folder, "log")]),
    wordsCommand(["list", "--number", number]),
  ])
    await command(roof);
  texts.set("command line", printed.join("\n"));
  assert.match(printed.join("\n"), /密件的经过与日志里每天的承诺.*✓/);

  const wrong = [...texts].flatMap(([where, text]) => {
    const known = where.endsWith("/search") || where.endsWith("/similar") ? [] : MARKS;
    return [...known, ...planted.reports, ...planted.photos].filter((one) => text.includes(one)).map((one) => `${where}: ${one}`);
  });
  assert.deepEqual(wrong, []);
});

test("what a clerk passes to the receivers is found by nobody else from then on, and no leaf tells it from a referral", async (t) => {
  const house = await aHouse(t);
  const { cast, categories, villages, town, clock } = house;
  const { title, details } = PLANTED.officer;
  const { report } = await receiveReport(town, null, clock.at, said(title, details, categories.complaint, villages.dongtang));
  await settle(house);
  const category = categories.wrongdoing;
  await categoriseReport(town, cast.qianWen, minutesAfter(clock.at, 5), { report, category });
  await settle(house);
  const addresses = await whole(house, { reports: [report], photos: [] });
  const wrong: string[] = [];
  for (const one of [null, ...Object.values(cast)]) {
    if (one === cast.fengZheng) continue;
    wrong.push(...gotOut(await see(house, one, addresses), []).map((found) => `${one?.name ?? "anybody"} ${found}`));
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(await tablesWithMarks(house), ["audit.sealed_event", "intake.sealed_report"]);
  const leaves = await town.db.selectFrom("log.leaf").select("entry").orderBy("number", "desc").limit(2).execute();
  const told = leaves.map(({ entry }) => /"verb":"([^"]+)"/.exec(entry)?.[1]);
  assert.deepEqual(told, ["report.referred", "report.received"]);
  assert.doesNotMatch(leaves[0]?.entry ?? "", /"at":|"facts":/, "the day alone, and a handle");
});

/** The tables in which a mark lies. */
async function tablesWithMarks({ town }: AHouse): Promise<readonly string[]> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(town.db);
  const lying: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(town.db);
    if (rows.some(({ row }) => MARKS.some((mark) => row.includes(mark)))) lying.push(name);
  }
  return lying.sort();
}

test("the log commits every day to what lies sealed, whether anything does or not, and finds who changes it", async (t) => {
  const house = await aHouse(t);
  const { town, clock } = house;
  const nextDay = () => (clock.at = new Date(clock.at.getTime() + 24 * 60 * 60_000));
  await commitSealed(town, clock.at);
  await plant(house);
  await commitSealed(town, nextDay());
  await commitSealed(town, clock.at);
  const leaves = await town.db.selectFrom("audit.event").select("id").where("verb", "=", "sealed.committed").execute();
  assert.equal(leaves.length, 2, "one a day");
  assert.deepEqual(await checkSealed(town), []);
  const root = await aSuperuser(t, house.database);
  const telling = "id = (select id from audit.sealed_event where words::text like '%记号%' order by id limit 1)";
  const reworded = "replace(words::text, '记号', '暗号')::jsonb";
  await root.query(`update audit.sealed_event set words = ${reworded} where ${telling}`);
  assert.equal((await checkSealed(town)).length, 1, "a word that was changed is found by the event's own commitment");
  await root.query("delete from audit.sealed_event where id = (select min(id::text)::uuid from audit.sealed_event)");
  assert.equal((await checkSealed(town)).length, 1);
});
