import { aSession } from "#test/session";
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { loadDemo } from "#demo/load-demo";
import { API_ROUTES } from "#doors/api/routes";
import { LOG_ROUTES } from "#doors/log/routes";
import { ROUTES as WEB_ROUTES } from "#doors/web/routes";
import { composeDoors, type House } from "#main/doors";
import { receiptCode } from "#intake/receipt-code";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { REPORT_STATUSES } from "#intake/report";
import { TALLIES } from "#publication/follow-tallies";
import { LIGHTS, STATUSES } from "#ledger/problem";
import { DUTIES } from "#people/officer";
import { settleWaiting } from "#office/settle-waiting";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { newId } from "#platform/ids";
import { settleWith } from "#platform/settling";
import type { Town } from "#platform/town";
import type { Finding } from "#verification/flag";
import { raiseFlags } from "#verification/raise-flags";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { addressOf, cloneDatabase } from "./database.ts";
import { aProgram, aVisitor, ORIGIN } from "./door.ts";
import { followToTheEnd } from "./following.ts";
import { exaggerate, multiply } from "./multiplied.ts";
import { readsSoFar } from "./reads.ts";
import { aSuperuser } from "./superuser.ts";
import { AT, testKeys } from "./town.ts";
import { asScribe } from "./notary.ts";

/** Of every table that grows with the years, and how many times as many the planner is told: a million. */
const ROWS = Number(process.env["HOT_ROWS"] ?? 4000);
const TIMES = 250;
/** What one page may read of one of them: no list is that long, and a table read whole is longer. */
const MOST_READ = (ROWS * 3) / 4;

test("after many years no page of any door reads a growing table whole, or more of it than pages show", async (t) => {
  const { doors, reads, cookie, receiver, starts } = await anOldTown(t);
  const tooMuch = new Map<string, string>();
  const met = new Set<string>();
  const asked = new Set<string>();
  const paths = [...starts];
  for (const path of paths) {
    const shape = starts.includes(path) ? path : shapeOf(path);
    if (asked.has(shape)) continue;
    asked.add(shape).add(shapeOf(path));
    const before = await reads();
    const headers = { cookie: path.startsWith("/office/sealed") ? receiver : cookie, host: "ledger.example" };
    const response = await doors.fetch(new Request(new URL(path, ORIGIN), { headers }), VISITED_FROM);
    const text = await response.text();
    for (const [table, { rows }] of await reads()) {
      const read = rows - (before.get(table)?.rows ?? 0);
      if (read > MOST_READ) tooMuch.set(`${routeOf(path)} ${table}`, `${path} reads ${read} rows of ${table}`);
    }
    assert.ok(response.status < 500, `${path}: ${text}`);
    met.add(routeOf(path));
    if (isPage(response)) paths.push(...linksOf(text));
  }
  assert.deepEqual([...tooMuch.values()], []);
  const unmet = ROUTES.filter((route) => !met.has(route));
  assert.deepEqual(unmet, [], "routes that no page led to, and no start");
});

const VISITED_FROM = { incoming: { socket: { remoteAddress: "192.0.2.7" } } };

/** The demo town after many years, asked over one connection, by somebody to whom every page is open. */
async function anOldTown(t: TestContext) {
  const database = await cloneDatabase();
  const folder = await mkdtemp(join(tmpdir(), "sanwen-hot-"));
  const db = openDatabase({ connectionString: addressOf(database.name), max: 1 });
  settleWith(db, settleWaiting);
  t.after(async () => {
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const place = { id: "", db, keys: testKeys(), blobs: openBlobs(folder) };
  assert.equal(await loadDemo(place, AT), true);
  const { town: id } = await db.selectFrom("people.town").select("town").executeTakeFirstOrThrow();
  const town: Town = { ...place, id };
  await raiseFlags(town, AT, AT, [await aFinding(town)]);
  const { program } = aProgram(town);
  await nameLog(town, program.notary, program.origin);
  await integrateEvents(town, asScribe(program.notary), AT);
  await followToTheEnd(town, TALLIES);
  const doors = composeDoors(program);
  const somebody = await somebodyWithEverything(town, doors);
  const admin = await aSuperuser(t, addressOf(database.name));
  await multiply(admin, ROWS);
  await admin.query(CROWD, [ROWS]);
  for (let placed: number | null = null; placed !== 0;) placed = await integrateEvents(town, asScribe(program.notary), AT);
  await admin.query(
    `with signed as (insert into log.checkpoint select c.town, n, c.note, c.signed_at
      from log.checkpoint c, generate_series(1, $1::int) n
       on conflict do nothing returning town, size)
     insert into proof.cosignature select town, size, 'neighbour.example', '— neighbour.example', now() from signed`,
    [ROWS],
  );
  await exaggerate(admin, TIMES);
  return { doors, reads: () => readsSoFar(db), ...somebody };
}

async function aFinding(town: Town): Promise<Finding> {
  const { id: problem } = await town.db.selectFrom("ledger.problem").select("id").orderBy("ordinal").limit(1).executeTakeFirstOrThrow();
  return { kind: "last-moment", problem, mark: "closed", about: { act: "closed", at: AT.toISOString(), dueOn: "2026-07-28" } };
}

/** The latest that happened: so many reports, and so many neighbours who have the oldest problem too. */
const CROWD = `select audit.append_events(p.town, jsonb_agg(jsonb_build_object('id', uuidv7(), 'verb', verb, 'actor_kind', 'resident',
    'at', now(), 'subject_kind', split_part(verb, '.', 1), 'subject', p.id, 'body', '{"facts":{},"words":{}}')))
  from (select town, id from ledger.problem order by ordinal limit 1) p,
    unnest(array['problem.me-too', 'report.received']) verb, generate_series(1, $1::int)
  group by p.town`;

/** Cookies of one browser that does everything: it sent a report, follows it, writes another, and belongs to an officer of every duty. */
async function somebodyWithEverything(town: Town, doors: House) {
  const { id: category } = await town.db.selectFrom("limits.category").select("id").orderBy("position").executeTakeFirstOrThrow();
  const visitor = aVisitor({ request: (path, init, env) => doors.fetch(new Request(path, init), env) });
  const write = async () => {
    await visitor.post("/report/what", { title: "东塘村口路灯不亮", details: "三天了", category });
    await visitor.post("/report/where", { place: "村口小桥边" });
    await visitor.post("/report/contact", { phone: "13800000000", go: "next" });
  };
  await write();
  const { location: receipt } = await visitor.post("/report/check");
  const { report: sealed, receiver } = await aSealedReport(town);
  const sent = await town.db.selectFrom("intake.report").select("id").orderBy("received_at", "desc").limit(1).executeTakeFirstOrThrow();
  await visitor.post("/track", { code: receiptCode(town.keys, sent.id) });
  await write();
  const { id: officer } = await town.db.selectFrom("people.account").select("id").where("login", "=", "qianwen").executeTakeFirstOrThrow();
  await town.db
    .insertInto("people.duty")
    .values(DUTIES.map((duty) => ({ town: town.id, id: newId(AT), officer, duty, granted_at: AT })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const cookies = [...visitor.cookies].map(([name, value]) => `${name}=${value}`);
  const cookie = [...cookies, `__Host-session=${await aSession(town, { id: officer }, AT)}`].join("; ");
  return {
    cookie,
    receiver,
    starts: [
      receipt,
      `${receipt}/receipt.txt`,
      `${receipt}/receipt.png`,
      "/track/story/receipt.png",
      `/office/sealed/${sealed}/photos/${"0".repeat(64)}`,
      ...(await startsOf(town, sent.id)),
    ],
  };
}

/** A report about somebody of the town, and the cookie of whom it is for: to everybody else its page is not there. */
async function aSealedReport(town: Town) {
  const { id: category } = await town.db
    .selectFrom("limits.category")
    .select("id")
    .where("code", "=", "wrongdoing")
    .executeTakeFirstOrThrow();
  const said = ReceiveReport.parse({ title: "收礼才办事", details: "", category, village: "", place: "" });
  const { report } = await receiveReport(town, null, AT, { ...said, channel: "web" });
  const { id } = await town.db.selectFrom("people.account").select("id").where("login", "=", "fengzheng").executeTakeFirstOrThrow();
  return { report, receiver: `__Host-session=${await aSession(town, { id }, AT)}` };
}

/** Where no link leads: forms that ask with GET, doors for programs, and pages that only a few are shown. */
async function startsOf(town: Town, report: string): Promise<readonly string[]> {
  const problem = await town.db
    .selectFrom("ledger.problem")
    .select(["number", "unit", "village", "category", "theme", "campaign"])
    .where("unit", "is not", null)
    .where("village", "is not", null)
    .where("theme", "is not", null)
    .orderBy("ordinal")
    .limit(1)
    .executeTakeFirstOrThrow();
  const { number, unit, village, category, theme, campaign } = problem;
  const { number: oldest } = await town.db
    .selectFrom("ledger.problem")
    .select("number")
    .orderBy("ordinal")
    .limit(1)
    .executeTakeFirstOrThrow();
  const photo = await town.db
    .selectFrom("evidence.use")
    .select(["subject as report", "file as sha256"])
    .where("purpose", "=", "report")
    .limit(1)
    .executeTakeFirstOrThrow();
  const { id: flag } = await town.db.selectFrom("verification.flag").select("id").limit(1).executeTakeFirstOrThrow();
  const { id: question } = await town.db
    .selectFrom("verification.question as q")
    .innerJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "q.town").onRef("p.id", "=", "q.problem"))
    .select("q.id")
    .where("p.status", "=", "verified")
    .orderBy("q.id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const filters = [
    ...STATUSES.map((status) => `status=${status}`),
    ...LIGHTS.map((light) => `light=${light}`),
    ...Object.entries({ unit, village, category, theme, campaign }).map(([name, id]) => `${name}=${id}`),
    "q=%E8%B7%AF%E7%81%AF",
    "q=%E8%B7%AF&status=closed",
    `q=${number}`,
    "q=zzzz",
    `before=${number}`,
    "order=urgent",
    "order=waiting",
    `order=urgent&unit=${unit}`,
    "order=urgent&light=red",
    `order=waiting&category=${category}&light=red`,
    `order=urgent&before=2026-07-28.${number}`,
  ];
  const over = (path: string, queries: readonly string[]) => [path, ...queries.map((query) => `${path}?${query}`)];
  return [
    ...ROUTES.map((route) => route.slice("GET ".length)).filter((path) => !/[:*]/.test(path)),
    ...over("/ledger", filters),
    ...over("/office/ledger", [...filters, "order=due", "order=due&light=red", `order=title&behind=${number}`]),
    ...over("/api/v1/problems", [...filters, "changedSince=0", "changedSince=2026-07-28", `changedSince=${ROWS}`]),
    ...over("/ledger.csv", filters),
    ...over("/office/inbox", [
      ...["all", "added", ...REPORT_STATUSES].map((status) => `status=${status}`),
      `status=all&category=${category}`,
      `status=all&village=${village}`,
      "status=all&channel=web",
      "status=all&q=%E8%B7%AF%E7%81%AF",
      "q=zzzz",
    ]),
    ...over("/office/log", ["verb=problem.me-too", "verb=problem.closed&from=2026-07-01&to=2026-07-02", `subject=${report}`]),
    ...over("/log/leaves", [
      "before=3456",
      "on=2026-07-28",
      "on=2026-07-28&before=12",
      `number=${oldest}`,
      `number=${oldest}&on=2026-07-28`,
      `number=${oldest}&before=3456`,
    ]),
    `/office/inbox/${report}`,
    `/office/inbox/${photo.report}/photos/${photo.sha256}`,
    `/office/ledger/${number}/photos/${photo.sha256}`,
    `/office/ledger/${number}/papers/${photo.sha256}`,
    `/office/ledger/${number}/papers/${photo.sha256}/page`,
    `/office/photos/${photo.sha256}/picture`,
    `/office/flags/${flag}`,
    `/office/callbacks/${question}`,
    `/report/photos/${photo.sha256}`,
    `/track/story/photos/${photo.sha256}`,
    `/api/v1/problems/${number}`,
    ...["/ledger/", "/office/ledger/", "/api/v1/problems/"].map((path) => path + oldest),
    `/log/problem/${oldest}.json`,
    `/office/calls/${report}`,
    `/api/v1/problems/${number}/events`,
    `/log/problem/${number}.json`,
    `/log/receipt/report/${report}.tlog-proof`,
    "/log/receipt/leaf/3456.tlog-proof",
    "/log/consistency/1234-2345.json",
    "/log/opening/3210",
    "/log/tile/0/001",
    "/log/tile/entries/001",
  ];
}

const ROUTES = [...WEB_ROUTES.map(({ name }) => name), ...Object.keys({ ...API_ROUTES, ...LOG_ROUTES })].filter((name) =>
  name.startsWith("GET "),
);
const PATTERNS = ROUTES.map((name) => {
  const path = name.slice("GET ".length);
  return {
    name,
    pattern: new RegExp(
      `^${path
        .replaceAll(".", "\\.")
        .replaceAll(/:[a-zA-Z0-9]+/g, "[^/]+")
        .replace("*", ".*")}$`,
    ),
  };
});

/** The route that answers, the one without a parameter before the others. */
function routeOf(path: string): string {
  const [plain = ""] = path.split("?");
  const answering = PATTERNS.filter(({ pattern }) => pattern.test(plain));
  return answering.toSorted((a, b) => a.name.split(":").length - b.name.split(":").length)[0]?.name ?? plain;
}

/** What an address asks for, whichever problem, report or officer it is about: one of each is asked. */
function shapeOf(path: string): string {
  const [, query = ""] = path.split("?");
  const asked = [...new URLSearchParams(query)].map(([name, value]) => `${name}=${/\d/.test(value) ? "" : value}`);
  return `${routeOf(path)}?${asked.toSorted().join("&")}`;
}

function isPage({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/html") ?? false;
}

function linksOf(page: string): readonly string[] {
  return [...page.matchAll(/(?:href|src)="(\/[^"#]*)/g)].flatMap(([, path = ""]) =>
    path.startsWith("/assets/") ? [] : [path.replaceAll("&amp;", "&")],
  );
}
