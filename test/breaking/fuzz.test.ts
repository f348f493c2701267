import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { API_ROUTES } from "#doors/api/routes";
import { LOG_ROUTES } from "#doors/log/routes";
import { ACCESS, type Entrance } from "#doors/web/access";
import { showReceiptCode } from "#intake/receipt-code";
import { receiveReport, ReceiveReport } from "#intake/receive-report";
import { composeDoors } from "#main/doors";
import { hasDuty, type Officer } from "#people/officer";
import { aPicture } from "#test/breaking/reporter";
import { chance, formsOn, linksOn, mutated, type Form, type Sent } from "#test/breaking/sent-forms";
import { aProgram, cookieOf } from "#test/door";
import { livingLedger } from "#test/living-ledger";
import { aTown, type ATown } from "#test/town";

/** SANWEN_FUZZ=100000 is a long night; SANWEN_FUZZ_SEED another one. */
const BODIES = Number(process.env["SANWEN_FUZZ"] ?? 300);
const SEED = Number(process.env["SANWEN_FUZZ_SEED"] ?? 1);
/** After so many bodies nothing in a town is as it was: then another town is asked. */
const A_TOWN = 1000;
const LANES = 4;
/** Without TLS, so that a session is a cookie of a plain name. */
const ORIGIN = "http://ledger.example";
const GROWTH_BYTES = 24 * 1024 * 1024;

const ROUTES = [...Object.keys(ACCESS), ...Object.keys(API_ROUTES), ...Object.keys(LOG_ROUTES)];
const POSTS = ROUTES.filter((name) => name.startsWith("POST "));

/** Somebody with a session, or nobody we know. */
type Visitor = { readonly officer: Officer | null; readonly cookie: () => Promise<string> };
type Target = { readonly route: string; readonly visitor: Visitor; readonly form: Form };

async function aHouse(t: TestContext) {
  const its = await aTown(t);
  await livingLedger(its);
  const what = ReceiveReport.parse({ title: "路灯不亮", category: its.categories.complaint, phone: "13800001234" });
  const { report, code } = await receiveReport(its.town, null, its.at, { ...what, channel: "web" });
  const { program, logged } = aProgram(its.town, { origin: new URL(ORIGIN) });
  const doors = composeDoors(program);
  let asked = 0;
  const ask = async (path: string, cookie: string, sent: Sent | null) => {
    asked += 1;
    const headers = new Headers({ host: "ledger.example", origin: ORIGIN });
    if (cookie !== "") headers.set("cookie", cookie);
    if (typeof sent?.type === "string") headers.set("content-type", sent.type);
    const init = { method: sent === null ? "GET" : "POST", headers, body: sent === null ? null : new Uint8Array(sent.body) };
    const remoteAddress = `198.51.${asked % 200}.${asked % 250}`;
    const response = await doors.fetch(new Request(new URL(path, ORIGIN), init), { incoming: { socket: { remoteAddress } } });
    return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() };
  };
  return { its, ask, logged, report, receipt: showReceiptCode(code) };
}

type House = Awaited<ReturnType<typeof aHouse>>;

/** A resident with a receipt and in the middle of another report, and everybody who works in the town. */
async function visitorsOf({ its, ask, receipt }: House): Promise<readonly Visitor[]> {
  const send = async (path: string, fields: Record<string, string>) => {
    const body = Buffer.from(new URLSearchParams(fields).toString());
    return (await ask(path, "", { type: "application/x-www-form-urlencoded", body })).cookies;
  };
  const begun = await send("/report/what", { title: "路灯不亮", details: "三天了", category: its.categories.complaint });
  const tracked = await send("/track", { code: receipt });
  const jar = [...begun, ...tracked].map((cookie) => cookie.split(";", 1)[0]).join("; ");
  const officers = Object.values(its.cast).map((officer) => ({ officer, cookie: () => cookieOf(its.town, officer, its.at) }));
  return [{ officer: null, cookie: async () => jar }, ...officers];
}

/** Every form that somebody is shown on one page of each kind, and on every problem's. */
async function shownTo(house: House, visitors: readonly Visitor[]): Promise<readonly Target[]> {
  const targets = new Map<string, Target>();
  const seen = new Set<string>();
  for (const visitor of visitors) {
    const cookie = await visitor.cookie();
    const paths = new Set(PLAIN_PAGES);
    for (const path of paths) {
      if (!PLAIN_PAGES.includes(path) && seen.has(kindOf(path))) continue;
      const { status, text } = await house.ask(path, cookie, null);
      if (status !== 200) continue;
      seen.add(kindOf(path));
      for (const link of linksOn(text)) if (routeOf("GET", link)?.includes(":") === true) paths.add(link);
      for (const form of formsOn(text)) {
        const route = routeOf("POST", form.action);
        const key = `${route} ${form.fields.map(([name]) => name).join()}`;
        if (route !== null && !targets.has(key)) targets.set(key, { route, visitor, form: harmless(house.its, route, form) });
      }
    }
  }
  return [...targets.values()];
}

const PLAIN_PAGES = ROUTES.filter((name) => /^GET [^:*]*$/.test(name))
  .map((name) => name.slice("GET ".length))
  .filter((path) => !path.startsWith("/log/") && !["/view", "/language"].includes(path));

/** Every problem's page shows other acts; of all else one page is like the next. */
function kindOf(path: string): string {
  const route = routeOf("GET", path) ?? path;
  return route.endsWith("/ledger/:number") ? path : route;
}

/** Whoever locks people out locks out one who is not needed. */
function harmless({ cast }: ATown, route: string, form: Form): Form {
  if (!/people\/:officer\/(disable|reset-password)$/.test(route)) return form;
  return { ...form, action: form.action.replace(/[^/]+(?=\/[^/]+$)/, cast.zhengShang.id) };
}

/** A route as it stands in the tables, for a path; null when it is none of ours. */
function routeOf(method: string, href: string): string | null {
  const path = href.replace(/\?.*$/, "");
  const fits = (name: string) =>
    new RegExp(`^${name.replaceAll(/:[a-z0-9A-Z]+/g, "[^/]+").replaceAll("*", ".+")}$`).test(`${method} ${path}`);
  return ROUTES.find((name) => name === `${method} ${path}`) ?? ROUTES.find(fits) ?? null;
}

/** Of routes whose form none of these pages shows: some words, sent by whoever may. */
function unshown({ its, report }: House, shown: readonly Target[], visitors: readonly Visitor[]): readonly Target[] {
  const fields = Object.entries({
    title: "路灯不亮",
    details: "三天了",
    reason: "查过了",
    text: "已经修好",
    referredTo: "县水务局",
    category: its.categories.complaint,
    code: "7Q4KM-2XD9H",
  });
  return POSTS.filter((route) => !shown.some((target) => target.route === route)).flatMap((route) =>
    visitors
      .filter((visitor) => mayEnter(route, visitor))
      .map((visitor) => ({
        route,
        visitor,
        form: {
          action: route
            .slice("POST ".length)
            .replace(":number", "SL-2026-0001")
            .replace(":report", report)
            .replaceAll(/:[a-z0-9A-Z]+/g, "0"),
          way: route.startsWith("POST /api/") ? ("json" as const) : ("urlencoded" as const),
          fields,
        },
      })),
  );
}

function mayEnter(route: string, { officer }: Visitor): boolean {
  const entrances: Readonly<Record<string, Entrance>> = ACCESS;
  const who = entrances[route]?.who ?? "anyone";
  if (who === "anyone") return officer === null;
  return officer !== null && (who === "officer" || hasDuty(officer, ...who));
}

/** Sends mutated forms to a town of its own; what went wrong, in words. */
async function fuzz(t: TestContext, picture: Buffer, from: number, to: number): Promise<readonly string[]> {
  const house = await aHouse(t);
  const visitors = await visitorsOf(house);
  const shown = await shownTo(house, visitors);
  const routes = Map.groupBy([...shown, ...unshown(house, shown, visitors)], ({ route }) => route);
  const wrong: string[] = [];
  const statuses: number[] = [];
  const turns = Array.from({ length: to - from }, (_, i) => from + i).values();
  const lane = async () => {
    for (const turn of turns) {
      const by = chance(SEED * 1_000_003 + turn);
      const target = by.one(routes.get(by.one(POSTS)) ?? []);
      const said = house.logged.length;
      const { status } = await house.ask(target.form.action, await target.visitor.cookie(), mutated(target.form, picture, by));
      statuses.push(status);
      if (status >= 500 && status !== 503) wrong.push(`${turn} ${target.route} answers ${status}: ${house.logged.slice(said).join("")}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  t.diagnostic(`${shown.length} forms of ${new Set(shown.map(({ route }) => route)).size} routes; ${JSON.stringify(counted(statuses))}`);
  return wrong;
}

function counted(statuses: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]));
}

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

function heapBytes(): number {
  assert.ok(typeof collectGarbage === "function");
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test("whatever is wrong with a form, it is answered in words, and nothing of it stays in memory", { timeout: 36_000_000 }, async (t) => {
  const picture = Buffer.from(await aPicture());
  const heaps: number[] = [];
  const rounds = Math.max(2, Math.ceil(BODIES / A_TOWN));
  const begins = (round: number) => Math.floor((round * BODIES) / rounds);
  for (let round = 0; round < rounds; round += 1) {
    await t.test(`town ${round + 1} of ${rounds}`, async (t) => {
      assert.deepEqual(await fuzz(t, picture, begins(round), begins(round + 1)), []);
    });
    heaps.push(heapBytes());
  }
  const half = heaps[Math.floor(rounds / 2) - 1] ?? 0;
  const grown = (heaps.at(-1) ?? 0) - half;
  t.diagnostic(`${BODIES} bodies, seed ${SEED}: ${heaps.map((bytes) => Math.round(bytes / 1024 / 1024)).join(" ")} MB`);
  assert.ok(grown < GROWTH_BYTES, `the heap grew by ${grown} bytes in the second half`);
});
