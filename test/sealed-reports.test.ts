import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { sql } from "kysely";
import { API_ROUTES } from "#doors/api/routes";
import { LOG_ROUTES } from "#doors/log/routes";
import { ROUTES } from "#doors/web/routes";
import { checkSealed, commitSealed } from "#audit/commit-sealed";
import { receiveReport } from "#intake/receive-report";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { nameReceivers } from "#limits/name-receivers";
import { composeDoors } from "#main/doors";
import type { Officer } from "#people/officer";
import { checkReports, checkSettings } from "#proof/check-standing";
import { aProgram, aVisitor, cookieOf, ORIGIN } from "./door.ts";
import { livingLedger } from "./living-ledger.ts";
import { asScribe } from "./notary.ts";
import { aSuperuser } from "./superuser.ts";
import { aTown } from "./town.ts";

/** Words that stand nowhere else, one a report, so that a find says which one got out. */
const PLANTED = {
  officer: { title: "王路收礼才办事甲子记号", details: "丙寅记号：给了两条烟" },
  unit: { title: "环卫所吃空饷乙丑记号", details: "丁卯记号：名册上的人不上班" },
  receiver: { title: "冯正压着信不办戊辰记号", details: "己巳记号：他自己也在里面" },
};
const MARKS = ["甲子记号", "乙丑记号", "丙寅记号", "丁卯记号", "戊辰记号", "己巳记号"];
const FOR_RECEIVERS = ["甲子记号", "乙丑记号"];
const FOR_SECRETARY = ["戊辰记号"];

async function aHouse(t: TestContext) {
  const its = await aTown(t);
  const made = aProgram(its.town);
  const { program } = made;
  await nameLog(its.town, program.notary, program.origin);
  await livingLedger(its);
  const { categories, cast } = its;
  await nameReceivers(its.town, cast.zhouXi, made.clock.at, {
    category: categories.wrongdoing,
    version: null,
    sealed: true,
    receivers: [cast.fengZheng.id],
  });
  await receiveReport(its.town, null, made.clock.at, said("路灯不亮", "平常的一件", categories.complaint, its.villages.dongtang));
  const house = { ...its, ...made, doors: composeDoors(program) };
  await settle(house);
  return house;
}

type AHouse = Awaited<ReturnType<typeof aHouse>>;

function said(title: string, details: string, category: string, village: string) {
  const nobody = { name: "", phone: "", email: "", wechat: "", address: "" };
  return { title, details, category, village, place: "", lon: null, lat: null, photos: [], device: "", channel: "web" as const, ...nobody };
}

function settle({ town, program, clock }: Pick<AHouse, "town" | "program" | "clock">): Promise<unknown> {
  return integrateEvents(town, asScribe(program.notary), clock.at);
}

/** One by the form of residents, one by a program, one of which its reporter wants the secretary to know. */
async function plant(house: AHouse): Promise<readonly string[]> {
  const { categories, villages, clock, town } = house;
  const category = categories.wrongdoing;
  const visitor = aVisitor({ request: (path, init, env) => house.doors.fetch(new Request(path, init), env) });
  await visitor.post("/report/what", { ...PLANTED.officer, category });
  await visitor.post("/report/where", { village: villages.dongtang, place: "" });
  await visitor.post("/report/photos", { go: "next" });
  const contact = await visitor.get("/report/contact");
  assert.match(contact.text, /直接给书记看/, "the reporter is asked who is to read it");
  await visitor.post("/report/contact", { name: "举报的人庚午记号", forSecretary: "no", go: "next" });
  const check = await visitor.get("/report/check");
  const sent = await visitor.post("/report/check", { form_key: /name="form_key" value="([^"]+)"/.exec(check.text)?.[1] ?? "" });
  assert.equal(sent.status, 303, sent.text);
  const receipt = await visitor.get(sent.location);
  assert.ok(!receipt.text.includes("甲子记号"), "the receipt does not say who was reported");
  assert.ok(!(await visitor.get(`${sent.location}/receipt.txt`)).text.includes("甲子记号"));
  const code = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(receipt.text)?.[0] ?? "";
  await visitor.post("/track", { code });
  assert.match((await visitor.get("/track/story")).text, /甲子记号/, "its reporter reads it by the code");
  const api = await house.doors.fetch(
    new Request(`${ORIGIN}/api/v1/reports`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "ledger.example" },
      body: JSON.stringify({ ...PLANTED.unit, category: "wrongdoing", village: villages.dongtang }),
    }),
    { incoming: { socket: { remoteAddress: "192.0.2.9" } } },
  );
  assert.equal(api.status, 201, await api.clone().text());
  const { title, details } = PLANTED.receiver;
  await receiveReport(town, null, clock.at, { ...said(title, details, category, villages.dongtang), forSecretary: true });
  const rows = await town.db.selectFrom("intake.sealed_report").select("id").orderBy("id").execute();
  assert.equal(rows.length, 3);
  return rows.map(({ id }) => id);
}

/** Every address that is read, of every door: those that ask for something are asked for what there is, planted or not. */
async function addresses({ town }: AHouse, planted: readonly string[]): Promise<readonly string[]> {
  const names = [...ROUTES.map(({ name }) => name), ...Object.keys(API_ROUTES), ...Object.keys(LOG_ROUTES)];
  const paths = [...new Set(names.filter((name) => name.startsWith("GET ")).map((name) => name.slice("GET ".length)))];
  const { number } = await town.db.selectFrom("ledger.problem").select("number").orderBy("number").limit(1).executeTakeFirstOrThrow();
  const { id: report } = await town.db.selectFrom("intake.report").select("id").limit(1).executeTakeFirstOrThrow();
  const asked = paths.flatMap((path) =>
    path.includes(":") ? [number, report, ...planted].map((one) => path.replaceAll(/:[^/.]+(\{[^}]*\})?/g, one)) : [path],
  );
  const marks = MARKS.map((mark) => encodeURIComponent(mark));
  const searched = ["/office/inbox?status=all&q=", "/office/ledger?q=", "/ledger?q=", "/api/v1/problems?q="];
  const found = searched.flatMap((address) => marks.map((mark) => address + mark));
  return [...asked, ...found, "/office/inbox?status=all", "/office/inbox?status=added", "/office/log?verb=report.received"];
}

type Seen = ReadonlyMap<string, string>;

async function see(house: AHouse, officer: Officer | null, paths: readonly string[]): Promise<Seen> {
  const cookie = officer === null ? "" : `__Host-${await cookieOf(house.town, officer, house.clock.at)}`;
  const seen = new Map<string, string>();
  for (const path of paths) {
    const headers = { cookie, host: "ledger.example", "accept-language": "zh-CN" };
    const answer = await house.doors.fetch(new Request(new URL(path, ORIGIN), { headers }), {
      incoming: { socket: { remoteAddress: "192.0.2.7" } },
    });
    seen.set(path, `${answer.status} ${Buffer.from(await answer.arrayBuffer()).toString("utf8")}`);
  }
  return seen;
}

/** What differs each time a page is drawn, whatever lies in the town: keys of forms. */
function steady(text: string): string {
  return text.replaceAll(/name="form_key" value="[^"]*"/g, "form_key").replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "id");
}

function marksIn(seen: Seen): readonly string[] {
  // What was searched for stands in the field of the search.
  return [...seen].flatMap(([path, text]) =>
    path.includes("q=") ? [] : MARKS.filter((mark) => text.includes(mark)).map((m) => `${path}: ${m}`),
  );
}

function differing(before: Seen, after: Seen): readonly string[] {
  return [...before].filter(([path, text]) => steady(text) !== steady(after.get(path) ?? "")).map(([path]) => path);
}

test("of reports about people of the town nobody but their receivers finds a word, a number or the time", async (t) => {
  const house = await aHouse(t);
  const { cast, town } = house;
  const receivers: ReadonlySet<Officer> = new Set([cast.fengZheng, cast.zhaoShu]);
  const everybody = [null, ...Object.values(cast)];
  const general = await addresses(house, []);
  const before = new Map<Officer | null, Seen>();
  for (const one of everybody) before.set(one, await see(house, one, general));

  const planted = await plant(house);
  await settle(house);
  const wrong: string[] = [];
  const whole = await addresses(house, planted);
  for (const one of everybody) {
    const name = one?.name ?? "anybody";
    const seen = await see(house, one, whole);
    const found = marksIn(seen);
    if (one !== null && receivers.has(one)) continue;
    wrong.push(...found.map((mark) => `${name} ${mark}`));
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

  const tables = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(town.db);
  const lying: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(town.db);
    if (rows.some(({ row }) => MARKS.some((mark) => row.includes(mark)))) lying.push(name);
  }
  assert.deepEqual(lying.sort(), ["audit.sealed_event", "intake.sealed_report"]);
  assert.deepEqual(
    [...(await checkReports(town)), ...(await checkSettings(town))].filter(({ table }) => table.includes("sealed")),
    [],
  );
});

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
  await root.query("delete from audit.sealed_event where id = (select min(id::text)::uuid from audit.sealed_event)");
  assert.equal((await checkSealed(town)).length, 1);
});
