import assert from "node:assert/strict";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { sql } from "kysely";
import sharp from "sharp";
import { filesOf } from "#evidence/uses";
import { addWord } from "#intake/add-word";
import { lookAtIdentity } from "#intake/look-at-identity";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import type { Officer } from "#people/officer";
import { composeDoors } from "#main/doors";
import { formsOf } from "./forms.ts";
import { livingLedger } from "./living-ledger.ts";
import { aProgram, aVisitor, cookieOf, ORIGIN, type Fields } from "./door.ts";
import { aSuperuser } from "./superuser.ts";
import { aTown, type ATown } from "./town.ts";
import { asScribe } from "./notary.ts";

/** Identities nobody else has, one a door, so that a find says through which door it came and where it got out. */
const MARKED = {
  web: marked("web", "13811110001"),
  desk: marked("desk", "13811110002"),
  program: marked("program", "13811110003"),
  corrected: marked("corrected", "13811110004"),
};

function marked(door: string, phone: string) {
  return {
    name: `某${door}记号人`,
    phone,
    email: `${door}-marked@example.com`,
    wechat: `wx-${door}-marked`,
    address: `${door}记号巷某号`,
  };
}

/** As text, and as the hexadecimal and base64 in which bytes leave a database. */
const NEEDLES = Object.values(MARKED)
  .flatMap((identity) => Object.values(identity))
  .concat("相机记号人")
  .flatMap((text) => [text, Buffer.from(text).toString("hex"), Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1)]);

function foundIn(text: string): readonly string[] {
  return NEEDLES.filter((needle) => text.includes(needle));
}

async function aHouse(t: TestContext) {
  const its = await aTown(t);
  const made = aProgram(its.town);
  const { program } = made;
  await nameLog(its.town, program.notary, program.origin);
  const doors = composeDoors(program);
  const app = { request: (path: string, init: RequestInit, env: unknown) => doors.fetch(new Request(path, init), env) };
  return { ...its, ...made, doors, visitor: () => aVisitor(app) };
}

type AHouse = Awaited<ReturnType<typeof aHouse>>;

/** A photo whose camera wrote down whose it is. */
async function aMarkedPhoto(): Promise<File> {
  const exif = { IFD0: { Artist: "相机记号人", ImageDescription: MARKED.web.phone } };
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#8899aa" } })
    .withExif(exif)
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(bytes)], `${MARKED.web.name}.jpg`, { type: "image/jpeg" });
}

async function plant(house: AHouse): Promise<void> {
  const { categories, villages, cast } = house;
  const said = { title: "桥头护栏松动", details: "推一下就晃", category: categories.hazard, village: villages.xiling };
  const resident = house.visitor();
  await resident.post("/report/what", { title: said.title, details: said.details, category: said.category });
  await resident.post("/report/where", { village: said.village, place: "桥头" });
  await resident.post("/report/photos", { photos: await aMarkedPhoto(), go: "next" });
  await resident.post("/report/contact", { ...MARKED.web, go: "next" });
  const check = await resident.get("/report/check");
  assert.ok(check.text.includes(MARKED.web.name), "the reporter reads what they typed before sending it");
  const sent = await resident.post("/report/check", { form_key: formKeyIn(check.text) });
  assert.equal(sent.status, 303);

  const clerk = await officerAt(house, cast.qianWen);
  const call: Fields = {
    form_key: "00000000-0000-4000-8000-000000000001",
    channel: "phone",
    place: "",
    ...said,
    title: "另一处护栏",
    ...MARKED.desk,
  };
  assert.equal((await clerk.post("/office/calls/new", call)).status, 303);

  const api = await house.doors.fetch(
    new Request(`${ORIGIN}/api/v1/reports`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "ledger.example" },
      body: JSON.stringify({ title: "程序送来的", category: "complaint", village: villages.xiling, ...MARKED.program }),
    }),
    { incoming: { socket: { remoteAddress: "192.0.2.9" } } },
  );
  assert.equal(api.status, 201, await api.clone().text());

  const receipt = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec((await resident.get(sent.location)).text)?.[0] ?? "";
  await resident.post("/track", { code: receipt });
  const form = await resident.get("/track/story/about-me");
  assert.ok(form.text.includes(MARKED.web.address), "by receipt code the reporter sees what is held");
  const corrected = await resident.post("/track/story/about-me", { form_key: formKeyIn(form.text), ...MARKED.corrected });
  assert.equal(corrected.location, "/track/story/about-me?done=corrected");
}

function formKeyIn(page: string): string {
  return /name="form_key" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

async function officerAt(house: AHouse, officer: Officer) {
  const visitor = house.visitor();
  const cookie = await cookieOf(house.town, officer, house.clock.at);
  const [name = "", value = ""] = cookie.split("=");
  visitor.cookies.set(`__Host-${name}`, value);
  return visitor;
}

/** What the desk does next: one report opens a problem with its photo, the look at who sent it is over. */
async function work(house: AHouse): Promise<void> {
  const { town, cast } = house;
  const reports = await town.db.selectFrom("intake.report").select(["id", "title"]).orderBy("id").execute();
  const clerk = await officerAt(house, cast.qianWen);
  for (const { id, title } of reports) {
    await lookAtIdentity(town, cast.qianWen, house.clock.at, {
      report: id,
      reasonClass: "clarify",
      reason: `给${MARKED.desk.name}回电 ${MARKED.desk.phone}`,
    });
    const [photo] = await filesOf(town, id);
    const page = await clerk.get(`/office/inbox/${id}?act=open`);
    if (title === "桥头护栏松动") assert.ok(page.text.includes(MARKED.corrected.phone), "the officer who looked reads it for ten minutes");
    await clerk.post(`/office/inbox/${id}/open`, {
      form_key: formKeyIn(page.text),
      title,
      details: "",
      category: house.categories.hazard,
      place: "",
      ...(photo === undefined ? {} : { photos: photo }),
    });
  }
  await clerk.post("/office/inbox/by-phone", { phone: MARKED.desk.phone, reasonClass: "call-back", reason: "对方丢了回执号" });
  house.clock.at = new Date(house.clock.at.getTime() + 11 * 60_000);
  await integrateEvents(town, asScribe(house.program.notary), house.clock.at);
}

const MOST_PAGES = 60;

/** Every page that leads from these on, as this visitor sees it. */
async function crawl(house: AHouse, officer: Officer | null, starts: readonly string[]): Promise<readonly string[]> {
  const cookie = officer === null ? "" : `__Host-${await cookieOf(house.town, officer, house.clock.at)}`;
  const seen = new Set(starts);
  let left = starts.length + MOST_PAGES;
  const leaks: string[] = [];
  for (const path of seen) {
    if (left === 0) break;
    left -= 1;
    const request = new Request(new URL(path, ORIGIN), { headers: { cookie, host: "ledger.example", "accept-language": "zh-CN" } });
    const response = await house.doors.fetch(request, { incoming: { socket: { remoteAddress: "192.0.2.7" } } });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString("latin1");
    const readable = bytes.toString("utf8");
    const headers = JSON.stringify([...response.headers]);
    const found = [...foundIn(readable), ...foundIn(headers)];
    if (found.length > 0) leaks.push(`${officer?.name ?? "anybody"} ${path}: ${found.join(", ")}`);
    if (response.headers.get("content-type")?.startsWith("text/html") !== true) continue;
    for (const [, href = ""] of text.matchAll(/(?:href|src)="(\/[^"#]*)/g)) {
      const next = href.replaceAll("&amp;", "&");
      if (!next.startsWith("/assets/") && !next.startsWith("/language") && !next.startsWith("/view")) seen.add(next);
    }
  }
  return leaks;
}

/** Every row of every schema but the vault, and every kept file, byte by byte. */
async function searchAtRest({ town }: AHouse, folder: string): Promise<readonly string[]> {
  const leaks: string[] = [];
  const tables = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(town.db);
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(town.db);
    const found = foundIn(rows.rows.map(({ row }) => row).join("\n"));
    if (found.length > 0) leaks.push(`${name}: ${found.join(", ")}`);
  }
  for (const path of globSync("**", { cwd: folder })) {
    const file = join(folder, path);
    if (statSync(file).isFile() && foundIn(readFileSync(file, "utf8")).length > 0) leaks.push(`file ${path}`);
  }
  return leaks;
}

async function exports(house: AHouse): Promise<readonly string[]> {
  const { cast } = house;
  const leaks: string[] = [];
  const asked = [
    [cast.qianWen, "/office/bulk/export", { filter: "" }],
    [cast.shenJi, "/office/log/export", {}],
  ] as const;
  for (const [officer, path, fields] of asked) {
    const answer = await (await officerAt(house, officer)).post(path, fields);
    assert.equal(answer.status, 200, path);
    if (foundIn(answer.text).length > 0) leaks.push(path);
  }
  return leaks;
}

/** A form that carries an identity meets a fault: the fault is logged, the form is not. */
async function failOnce(t: TestContext, house: AHouse): Promise<void> {
  const superuser = await aSuperuser(t, house.database);
  const clerk = await officerAt(house, house.cast.qianWen);
  await superuser.query("alter table intake.report rename to gone");
  const call = {
    channel: "phone",
    place: "",
    village: house.villages.xiling,
    title: "坏了的一次",
    details: "",
    category: house.categories.hazard,
    ...MARKED.desk,
  };
  const answer = await clerk.post("/office/calls/new", call);
  assert.equal(answer.status, 500);
  await superuser.query("alter table intake.gone rename to report");
}

function startsOf(its: ATown, leaves: number): readonly string[] {
  const log = [
    "/log/checkpoint",
    "/log/vkey",
    `/log/tile/entries/000.p/${leaves}`,
    ...Array.from({ length: leaves }, (_, leaf) => `/log/opening/${leaf}`),
  ];
  const api = ["/api/v1/problems", "/api/v1/figures", "/api/v1/directory", "/ledger.atom", "/api/openapi.json"];
  return [
    "/",
    "/ledger",
    "/figures",
    "/office",
    "/office/inbox?status=all",
    "/office/log",
    `/office/ledger?village=${its.villages.xiling}`,
    ...api,
    ...log,
  ];
}

/** Those who triage read a reporter's own words; to everybody else comes what they passed on. */
const READS_REPORTS: ReadonlySet<string> = new Set(["clerk", "office"]);

test("what a reporter adds, with their name and number in it, reaches the desk without them", async (t) => {
  const house = await aHouse(t);
  await livingLedger(house);
  await plant(house);
  await work(house);
  const { town, cast } = house;
  const { id, problem } = await town.db
    .selectFrom("intake.report")
    .select(["id", "problem"])
    .where("title", "=", "桥头护栏松动")
    .executeTakeFirstOrThrow();
  const { number } = await town.db
    .selectFrom("ledger.problem")
    .select("number")
    .where("id", "=", problem ?? "")
    .executeTakeFirstOrThrow();
  const said = `我是${Object.values(MARKED.corrected).join("，")}，护栏又掉了一截`;
  await addWord(town, house.clock.at, { report: id, text: said, photos: [] });
  const clerk = await officerAt(house, cast.qianWen);
  const page = await clerk.get(`/office/inbox/${id}?act=pass-on`);
  const form = formsOf(page.text).find(({ action }) => action === `/office/inbox/${id}/pass-on`);
  const sent = Object.fromEntries(form?.fields.map(({ name, value }) => [name, value]) ?? []);
  const { text = "" } = sent;
  assert.match(text, /护栏又掉了一截/);
  const passed = await clerk.post(`/office/inbox/${id}/pass-on`, { ...sent, text: `${text}（${said}）` });
  assert.equal(passed.status, 303, passed.text);
  await integrateEvents(town, asScribe(house.program.notary), house.clock.at);
  const { leaves } = await town.db
    .selectFrom("log.leaf")
    .select((eb) => eb.fn.countAll<number>().as("leaves"))
    .executeTakeFirstOrThrow();
  const starts = [`/office/ledger/${number}`, `/ledger/${number}`, `/log/problem/${number}.json`, ...startsOf(house, leaves)];
  const others = Object.values(cast).filter(({ duties }) => ![...duties].some((duty) => READS_REPORTS.has(duty)));
  for (const officer of [cast.wuJie, cast.wangLu])
    assert.match((await (await officerAt(house, officer)).get(`/office/ledger/${number}`)).text, /反映人补充[\s\S]*护栏又掉了一截/);
  const leaks: string[] = [];
  for (const officer of [null, ...others]) leaks.push(...(await crawl(house, officer, starts)));
  assert.deepEqual(leaks, []);
});

test("an identity told to any door is found in nothing that leaves the house, no table but the vault's, no file and no log", async (t) => {
  const house = await aHouse(t);
  await livingLedger(house);
  await plant(house);
  await work(house);
  const { leaves } = await house.town.db
    .selectFrom("log.leaf")
    .select((eb) => eb.fn.countAll<number>().as("leaves"))
    .executeTakeFirstOrThrow();
  const starts = startsOf(house, leaves);
  const leaks: string[] = [];
  for (const officer of [null, ...Object.values(house.cast)]) leaks.push(...(await crawl(house, officer, starts)));
  await failOnce(t, house);
  leaks.push(...(await exports(house)), ...(await searchAtRest(house, house.folder)));
  if (foundIn(house.logged.join("\n")).length > 0) leaks.push("the program's log");
  assert.deepEqual(leaks, []);
  assert.match(house.logged.join("\n"), /"level":50/, "the program's log holds the fault of a form with an identity in it");
});
