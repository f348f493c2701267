import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { sql } from "kysely";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { OFFICERS, type OfficerKey } from "#demo/cast";
import { addDocument } from "#evidence/add-document";
import { drawFirstPages } from "#evidence/draw-first-pages";
import { pageOf, streamOf } from "#evidence/samples/pdf";
import { useFiles } from "#evidence/use-files";
import { loadDemo } from "#demo/load-demo";
import { ROUTES } from "#doors/web/routes";
import type { Lang } from "#words/words";
import { receiptCode } from "#intake/receipt-code";
import { dutiesFor } from "#people/capability";
import { asActor, type Duty, type Officer } from "#people/officer";
import { settleWaiting } from "#office/settle-waiting";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { settleWith } from "#platform/settling";
import type { Town } from "#platform/town";
import { DETECTOR } from "#detector/detector";
import { follow } from "#log/follow";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { aSession } from "#test/session";
import { asScribe } from "#test/notary";
import { addressOf, cloneDatabase } from "#test/database";
import { quickFolder } from "#test/quick-folder";
import { AT, testKeys } from "#test/town";
import { aHouse, aPage, closeBrowser } from "./house.ts";
import { aReader, look } from "./look.ts";

after(closeBrowser);

const LANGS = ["zh", "en"] as const;
async function anEmptyPlace(t: TestContext): Promise<Town> {
  const database = await cloneDatabase();
  const folder = await mkdtemp(join(await quickFolder(), "sanwen-pages-"));
  const db = openDatabase({ connectionString: addressOf(database.name), max: 6 });
  settleWith(db, settleWaiting);
  t.after(async () => {
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  return { id: "", db, keys: testKeys(), blobs: openBlobs(folder) };
}

/** The demo town in a running house, with its officers by login. */
async function aDemo(t: TestContext) {
  const place = await anEmptyPlace(t);
  assert.equal(await loadDemo(place, AT), true);
  const { town: id } = await place.db.selectFrom("people.town").select("town").executeTakeFirstOrThrow();
  const town: Town = { ...place, id };
  const rows = await town.db
    .selectFrom("people.officer as o")
    .innerJoin("people.account as a", (join) => join.onRef("a.town", "=", "o.town").onRef("a.id", "=", "o.id"))
    .select(["o.id", "o.unit", "o.name", "a.login"])
    .execute();
  const officers = new Map(rows.map((row) => [row.login, row]));
  const as = (login: OfficerKey): Officer => {
    const row = officers.get(login) ?? assert.fail(`${login} is not in the demo`);
    return { id: row.id, unit: row.unit, name: row.name, duties: new Set<Duty>(OFFICERS[login].duties) };
  };
  const house = await aHouse(t, town, AT);
  await nameLog(town, house.program.notary, house.program.origin);
  await integrateEvents(town, asScribe(house.program.notary), AT);
  for (let passed: number | null = null; passed !== 0;) passed = await follow(town, AT, DETECTOR);
  return { town, as, house };
}

type Demo = Awaited<ReturnType<typeof aDemo>>;

/** Real ids for the places in a path: what a route shows must exist. */
async function whatThereIs(
  { town, as }: Demo,
  made: { readonly call: string; readonly receipt: string },
): Promise<ReadonlyMap<string, string>> {
  const { db } = town;
  const first = async (query: Promise<{ readonly id: string }>) => (await query).id;
  const category = await first(db.selectFrom("limits.category").select("id").orderBy("position").executeTakeFirstOrThrow());
  const theme = await db.selectFrom("ledger.theme").select(["id", "campaign"]).orderBy("position").executeTakeFirstOrThrow();
  const photo = await db
    .selectFrom("evidence.use")
    .select(["subject as report", "file as sha256"])
    .where("purpose", "=", "report")
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  const shown = await db.selectFrom("evidence.use").select("file").where("purpose", "=", "after").executeTakeFirstOrThrow();
  const question = await db
    .selectFrom("verification.question as q")
    .innerJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "q.town").onRef("p.id", "=", "q.problem"))
    .select("q.id")
    .where("p.status", "=", "verified")
    .orderBy("q.id", "desc")
    .executeTakeFirstOrThrow();
  const sealed = await db
    .selectFrom("intake.sealed_report as r")
    .innerJoin("evidence.use as u", (join) => join.onRef("u.town", "=", "r.town").onRef("u.subject", "=", "r.id"))
    .select(["r.id", "u.file"])
    .executeTakeFirstOrThrow();
  const paper = await aPaper(town, as("wujie"), "SL-2026-0007");
  return new Map([
    ["GET /office/ledger/:number/papers/:sha256", `/office/ledger/SL-2026-0007/papers/${paper}`],
    ["GET /office/ledger/:number/papers/:sha256/page", `/office/ledger/SL-2026-0007/papers/${paper}/page`],
    ["GET /office/calls/:report", made.call],
    ["GET /office/sealed/:report", `/office/sealed/${sealed.id}`],
    ["GET /office/sealed/:report/photos/:sha256", `/office/sealed/${sealed.id}/photos/${sealed.file}`],
    ["token", made.receipt.replace("/receipt/", "")],
    ["number", "SL-2026-0007"],
    ["sha256", shown.file],
    ["leaf", "3"],
    ["figure", "on-time"],
    ["GET /office/monday/:figure", "/office/monday/in-hand"],
    ["report", photo.report],
    ["GET /report/photos/:sha256", `/report/photos/${photo.sha256}`],
    ["GET /office/inbox/:report/photos/:sha256", `/office/inbox/${photo.report}/photos/${photo.sha256}`],
    ["officer", as("wujie").id],
    ["unit", as("wujie").unit],
    ["village", await first(db.selectFrom("people.village").select("id").orderBy("id").executeTakeFirstOrThrow())],
    ["category", category],
    ["answer", await first(db.selectFrom("limits.standard_answer").select("id").orderBy("id").executeTakeFirstOrThrow())],
    ["flag", await first(db.selectFrom("verification.flag").select("id").orderBy("id").executeTakeFirstOrThrow())],
    ["question", question.id],
    ["campaign", theme.campaign],
    ["theme", theme.id],
    ["view", await first(db.selectFrom("office.list_view").select("id").executeTakeFirstOrThrow())],
  ]);
}

/** A document that lies beside a problem, its first page drawn; its hash. */
async function aPaper(town: Demo["town"], by: Officer, number: string): Promise<string> {
  const { id } = await town.db.selectFrom("ledger.problem").select("id").where("number", "=", number).executeTakeFirstOrThrow();
  const sentFor = { kind: "problem", id } as const;
  const paper = await addDocument(town, { officer: by.id }, AT, { bytes: pageOf({ content: streamOf("0 0 300 300 re f") }), sentFor });
  await useFiles(town, asActor(by), AT, { files: [paper], purpose: "paper", subject: id, caption: "验收单" });
  await drawFirstPages(town, AT);
  return paper;
}

type Plan = { readonly route: string; readonly path: string; readonly login: OfficerKey | null; readonly status?: number };

/** Every page of the web door with real ids in its path, and an officer who may open it. */
function everyPage(there: ReadonlyMap<string, string>): readonly Plan[] {
  const logins: readonly OfficerKey[] = ["qianwen", "zhouxi", "wuan", "shenji"];
  return ROUTES.flatMap(({ name: route, method, path, who: access }) => {
    if (method !== "GET") return [];
    const duties = access === "anyone" || access === "officer" ? [] : dutiesFor(access);
    if (path.startsWith("/office/sealed")) return [{ route, path: filledIn(there, route, path), login: "fengzheng" as const }];
    const login = logins.find((one) => OFFICERS[one].duties.some((duty) => duties.includes(duty)));
    const plan = { route, path: filledIn(there, route, path), login: login ?? (access === "officer" ? "qianwen" : null) };
    // A photo stands there only while the form it was chosen in comes back.
    return [route === "GET /track/story/photos/:sha256" ? { ...plan, status: 404 } : plan];
  });
}

function filledIn(there: ReadonlyMap<string, string>, route: string, path: string): string {
  const fill = (_: string, name: string) => there.get(name) ?? assert.fail(`nothing to show for ${route}`);
  return there.get(route) ?? path.replaceAll(/:([a-zA-Z0-9]+)/g, fill);
}

/** Beside those: the API's page, every state of the desk, bulk work on a selection, a search, and what is not there. */
async function pagesBeside({ town }: Demo): Promise<readonly Plan[]> {
  const { rows } = await sql<{ number: string }>`select distinct on (status) number from ledger.problem order by status, number`.execute(
    town.db,
  );
  const selection = rows.map(({ number }) => `number=${number}`).join("&");
  const plan = (path: string, login: OfficerKey | null = null): Plan => ({ route: path, path, login });
  return [
    plan("/api"),
    plan("/ledger?q=%E8%B7%AF&status=assigned"),
    plan("/ledger?q=zzzz"),
    { ...plan("/nowhere"), status: 404 },
    { ...plan("/receipt/forged"), status: 410 },
    { ...plan("/office/people", "qianwen"), status: 403 },
    plan(`/office/bulk/assign?${selection}`, "qianwen"),
    plan(`/office/bulk/remind?${selection}`, "qianwen"),
    ...rows.map(({ number }) => plan(`/office/ledger/${number}`, "fengzheng")),
  ];
}

/** Not pages: pictures, feeds, texts, and ways that lead elsewhere. */
const NO_PAGES = new RegExp(
  [
    /\.(atom|csv|txt|xml|webmanifest|ico)$|\/(apple-touch-icon|receipt)\.png$/,
    /\/files\/|(report|story)\/photos\/:|\/(papers\/:|picture$)/,
    /^GET \/(language$|view$|office\/sign-in\/provider)/,
  ]
    .map(({ source }) => source)
    .join("|"),
);

const PHOTO = sharp({ create: { width: 320, height: 240, channels: 3, background: "#7a8b6f" } })
  .jpeg()
  .toBuffer();

/** Sends a form as the page's browser would; answers with where it leads. */
async function send(
  page: Page,
  origin: string,
  path: string,
  fields: Record<string, string | { name: string; mimeType: string; buffer: Buffer }>,
) {
  const key = { form_key: crypto.randomUUID() };
  // As a browser does: a form without a file field is not sent in parts.
  const words = Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
  const hasFiles = Object.keys(words).length < Object.keys(fields).length;
  const body = hasFiles ? { multipart: { ...key, ...fields } } : { form: { ...key, ...words } };
  const sent = await page.request.post(origin + path, { headers: { origin }, ...body, maxRedirects: 0 });
  assert.equal(sent.status(), 303, `${path}: ${await sent.text()}`);
  return sent.headers()["location"] ?? "";
}

/** A report as far as the last page before sending, photo and all. */
async function writeReport({ town, house: { origin } }: Demo, page: Page, code = "consultation"): Promise<void> {
  const { id: category } = await town.db.selectFrom("limits.category").select("id").where("code", "=", code).executeTakeFirstOrThrow();
  await send(page, origin, "/report/what", { title: "东塘村口路灯三天不亮", details: "晚上走路看不清", category });
  await send(page, origin, "/report/where", { place: "村口小桥边", village: "", lon: "", lat: "" });
  await send(page, origin, "/report/photos", { photos: { name: "a.jpg", mimeType: "image/jpeg", buffer: await PHOTO } });
  await send(page, origin, "/report/contact", { name: "某人", phone: "13800000000", go: "next" });
}

async function sitDown({ town, as, house }: Demo, page: Page, login: OfficerKey, open = true): Promise<void> {
  const token = await aSession(town, as(login), AT, open);
  await page.context().addCookies([{ name: "session", value: token, url: house.origin, httpOnly: true, sameSite: "Lax" }]);
}

/** One report sent by a resident, a sealed one before it, and one taken down from a call: both have pages of their own. */
async function sendBoth(t: TestContext, demo: Demo) {
  const { origin } = demo.house;
  const page = await aPage(t);
  await writeReport(demo, page, "wrongdoing");
  await send(page, origin, "/report/check", {});
  await writeReport(demo, page);
  const receipt = await send(page, origin, "/report/check", {});
  await sitDown(demo, page, "qianwen");
  const { id: category } = await demo.town.db.selectFrom("limits.category").select("id").limit(1).executeTakeFirstOrThrow();
  const call = await send(page, origin, "/office/calls/new", {
    channel: "phone",
    title: "二楼没有水",
    details: "",
    category,
    village: "",
    place: "",
    name: "",
    phone: "",
  });
  return { call, receipt };
}

/** The story of a report whose reporter is asked whether it is solved. */
async function openStory({ town, house }: Demo, page: Page): Promise<void> {
  const asked = await town.db
    .selectFrom("verification.question as q")
    .innerJoin("intake.report as r", (join) => join.onRef("r.town", "=", "q.town").onRef("r.id", "=", "q.report"))
    .select("r.id")
    .where("q.open_until", ">", AT)
    .executeTakeFirstOrThrow();
  await send(page, house.origin, "/track", { code: receiptCode(town.keys, asked.id) });
}

async function walk(t: TestContext, demo: Demo, plans: readonly Plan[], lang: Lang): Promise<readonly string[]> {
  const wrong: string[] = [];
  const readers = new Map<string, Awaited<ReturnType<typeof aReader>>>();
  for (const plan of plans) {
    const reader = readers.get(String(plan.login)) ?? (await aReader(t, demo.house.origin, lang));
    const { page } = reader;
    if (!readers.has(String(plan.login))) {
      readers.set(String(plan.login), reader);
      if (plan.login !== null) await sitDown(demo, page, plan.login);
    }
    try {
      if (plan.path === "/report" || plan.path === "/report/check") await writeReport(demo, page);
      if (plan.path === "/track/story") await openStory(demo, page);
      if (plan.path === "/office/second-step") await sitDown(demo, page, "zhouxi", false);
      if (plan.path === "/office/password") await sitDown(demo, page, "zhouxi");
      if (NO_PAGES.test(plan.route))
        assert.equal((await page.request.get(demo.house.origin + plan.path)).status(), plan.status ?? 200, plan.route);
      else await look(reader, plan.path, plan.status);
      if (plan.path === "/office/second-step" || plan.path === "/office/password") await page.context().clearCookies({ name: "session" });
    } catch (error) {
      wrong.push(String(error));
    }
  }
  return wrong;
}

test("every page, in both languages and at every width, fits, reads well and is accessible", async (t) => {
  const demo = await aDemo(t);
  const there = await whatThereIs(demo, await sendBoth(t, demo));
  const plans = [...everyPage(there), ...(await pagesBeside(demo))];
  assert.ok(plans.length > 60);
  const wrong = await Promise.all(LANGS.map((lang) => walk(t, demo, plans, lang)));
  assert.deepEqual(wrong.flat(), []);
  await elderAndContrast(t, demo);
});

/** Larger type and high contrast, together and in both languages, on the pages people meet first. */
async function elderAndContrast(t: TestContext, demo: Demo): Promise<void> {
  const { origin } = demo.house;
  for (const lang of LANGS) {
    const reader = await aReader(t, origin, lang);
    await reader.page.context().addCookies(["elder", "contrast"].map((name) => ({ name, value: "1", url: origin })));
    for (const path of ["/", "/ledger", "/ledger/SL-2026-0007", "/report/what"]) await look(reader, path);
    await sitDown(demo, reader.page, "qianwen");
    await look(reader, "/office");
    assert.equal(await reader.page.locator("html").getAttribute("class"), "elder contrast");
  }
}

test("the set-up page, in both languages", async (t) => {
  const place = await anEmptyPlace(t);
  const { origin } = await aHouse(t, place, AT, { isSetUpToken: (token) => token === "letmein" });
  for (const lang of LANGS) await look(await aReader(t, origin, lang), "/set-up?token=letmein");
});
