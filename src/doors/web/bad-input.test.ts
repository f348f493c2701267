import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { sql } from "kysely";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { newId } from "#platform/ids";
import { boundsOf } from "#doors/bounds";
import { aDoor } from "#test/door";
import { somebodyOfEveryDuty } from "#test/every-duty";
import { aTown, aTownBeside } from "#test/town";
import { ROUTES } from "./routes.ts";

/** Sent without a field of their own, or taking whatever was typed: there is nothing in them to be wrong. */
const NOTHING_TO_GET_WRONG: ReadonlySet<string> = new Set([
  "POST /ledger/:number/me-too",
  "POST /office/bulk/assign", // an empty choice is a page that says so
  "POST /office/bulk/export",
  "POST /office/inbox/:report/similar", // as that of calls
  "POST /office/calls/similar", // it reads, and looks for whatever words there are
  "POST /office/bulk/remind",
  "POST /office/ledger/views", // a day is as good a name as any
  "POST /office/inbox/views", // the same
  "POST /office/log/export",
  "POST /office/opening/restored",
  "POST /office/people/paste", // each row is shown with what is wrong with it, and none is kept that was not seen
  "POST /office/people/units/paste",
  "POST /office/people/villages/paste",
  "POST /office/people/:officer/disable",
  "POST /office/people/:officer/enable",
  "POST /office/people/:officer/temporary-password",
  "POST /office/people/:officer/temporary-password/grant",
  "POST /office/people/:officer/temporary-password/refuse",
  "POST /office/people/:officer/sessions/end",
  "POST /office/people/devices/:device/revoke",
  "POST /office/people/programs/:program/revoke",
  "POST /office/people/units/:unit/retire",
  "POST /office/people/villages/:village/retire",
  "POST /office/profile/recovery-codes", // a wrong present password is an event
  "POST /office/profile/devices/:device/forget",
  "POST /office/profile/second-step",
  "POST /office/rules/categories/:category/retire",
  "POST /office/profile/second-step/on", // proposes another secret
  "POST /office/password", // a wrong present password is an event
  "POST /office/profile/second-step/off",
  "POST /office/profile/sessions/:session/end",
  "POST /office/profile/sessions/others/end",
  "POST /office/sign-in", // a wrong try is an event
  "POST /office/sign-out",
  "POST /report",
  "POST /track/leave",
]);

const TO_GET_WRONG = ROUTES.filter(({ name, method }) => method === "POST" && !NOTHING_TO_GET_WRONG.has(name));

const LONG = `${"x".repeat(12_000)}留住`;

/** What is sent in every field at once. */
const HOSTILE = {
  nul: "零\0字",
  long: LONG,
  "a day that is none": "2026-02-30",
  "the year 0": "0000-01-01",
  huge: "99999999999999999999",
} as const;

async function aWholeHouse(t: TestContext) {
  const its = await aTown(t);
  const beside = await aTownBeside(its.town);
  const { town, at, categories } = its;
  const report = await receiveReport(town, null, at, {
    ...ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint, photos: [] }),
    channel: "web",
  });
  const { number } = await openProblem(
    town,
    its.cast.qianWen,
    at,
    OpenProblem.parse({ title: "路灯不亮", category: categories.complaint }),
  );
  const door = aDoor(its);
  return { ...its, beside, number, report: report.report, door, cookie: await door.cookieOf(await somebodyOfEveryDuty(its)) };
}

type House = Awaited<ReturnType<typeof aWholeHouse>>;

/** The path with things of this town in it, or with those of its neighbour. */
function filled(its: House, path: string, whose: "ours" | "theirs"): string {
  const of = whose === "ours" ? its : its.beside;
  const ids: Readonly<Record<string, string>> = {
    number: whose === "ours" ? its.number : "LZ-2026-0001",
    report: whose === "ours" ? its.report : newId(its.at),
    officer: of.cast.wuJie.id,
    unit: of.units.sanitation,
    village: of.villages.dongtang,
    category: of.categories.help,
    campaign: of.campaign,
    theme: of.themes.nature,
  };
  return path.replaceAll(/:([a-z]+)/g, (_, name: string) => ids[name] ?? newId(its.at));
}

const NEVER_SHOWN = ["new_photos", "numbers", "problems", "constructor", "__proto__"];

/** The fields of every form on the pages that somebody of every duty can open, by where the form is sent. */
async function fieldsOf(its: House): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const forms = new Map<string, Set<string>>();
  for (const { method, path } of ROUTES) {
    if (method !== "GET" || path.endsWith(".atom")) continue;
    const page = await (await its.door.get(filled(its, path, "ours"), its.cookie)).text();
    for (const [form, action = ""] of page.matchAll(/<form\b[^>]* action="([^"?]+)[\s\S]*?<\/form>/g)) {
      const fields = forms.get(action) ?? new Set(NEVER_SHOWN);
      for (const [, field = ""] of form.matchAll(/<(?:input|textarea|select|button)\b[^>]* name="([^"]+)"/g)) fields.add(field);
      fields.delete("form_key");
      forms.set(action, fields);
    }
  }
  return forms;
}

let sender = 0;

/** From an address of its own: how often one may try is another test's question. */
function send({ door, cookie }: House, path: string, body: URLSearchParams | string, type = "application/x-www-form-urlencoded") {
  sender += 1;
  const headers = { origin: door.program.origin.origin, "content-type": type, "x-forwarded-for": `198.51.${sender >> 8}.${sender & 255}` };
  return door.ask(path, { method: "POST", body: body.toString(), headers }, cookie);
}

/** How many rows every table has; a form's key, a try at signing in and a draft are no words of anybody's. */
async function rowCounts({ town }: House): Promise<Readonly<Record<string, number>>> {
  const { rows: tables } = await sql<{ table: string }>`
    select format('%I.%I', schemaname, tablename) as table from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('form_key', 'sign_in_gate', 'draft', 'session')
      and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`.execute(town.db);
  const counts: Record<string, number> = {};
  for (const { table } of tables) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.raw(table)}`.execute(town.db);
    counts[table] = rows[0]?.count ?? 0;
  }
  return counts;
}

const REFUSED: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 410, 413, 415, 422, 429]);

/** A refusal, or the way back to the question that has to be answered first. */
async function whatIsWrong(response: Response): Promise<string | null> {
  const text = await response.text();
  if (/node_modules|\n\s+at .+:\d+:\d+/.test(text)) return "shows a stack";
  if (REFUSED.has(response.status)) return null;
  const location = response.headers.get("location") ?? "";
  if (
    response.status === 303 &&
    /^\/(report\/(what|photos|check)|office\/(second-step|password|sign-in)|office|report\/where|report\/contact)\b[^=]*$/.test(location)
  )
    return null;
  return `${response.status} ${location}`;
}

test("whatever stands in a form's fields, it is refused in a page, and nothing is written", async (t) => {
  const its = await aWholeHouse(t);
  const forms = await fieldsOf(its);
  assert.ok(forms.size > 30, `only ${forms.size} forms were found`);
  const everyField = new Set([...forms.values()].flatMap((fields) => [...fields]));
  const before = await rowCounts(its);
  const wrong: string[] = [];
  for (const [what, value] of Object.entries(HOSTILE)) {
    const isText = what === "nul" || what === "long";
    for (const { name, path } of TO_GET_WRONG) {
      if (name === "POST /office/inbox/search") continue; // it reads, and looks for whatever words there are
      if (name === "POST /office/inbox/by-phone" && /^[\d-]+$/.test(value)) continue; // a day's digits may be a telephone's
      // What is a day or a number to one form is a word to another: those go to things that are not there.
      const address = filled(its, path, isText || path.startsWith("/office/ledger/") ? "ours" : "theirs");
      const fields = forms.get(filled(its, path, "ours")) ?? everyField;
      const body = new URLSearchParams([...fields].map((field): [string, string] => [field, value]));
      const fault = await whatIsWrong(await send(its, address, body));
      if (fault !== null) wrong.push(`${name} with ${what}: ${fault}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(await rowCounts(its), before);
});

/** Where no photos come no multipart body is read, broken or whole. */
function takesFiles(name: string): boolean {
  return ROUTES.some((route) => route.name === name && boundsOf(route.kind).files > 0);
}

test("a body that is no form is refused, whatever it says it is", async (t) => {
  const its = await aWholeHouse(t);
  const wrong: string[] = [];
  for (const { name, path } of TO_GET_WRONG.filter(
    ({ path }) => path.startsWith("/report") || path.startsWith("/track") || path.endsWith("assign"),
  )) {
    const address = filled(its, path, "ours");
    const json = (await send(its, address, '{"title":"路灯"}', "application/json")).status;
    if (json !== 415 && json !== 403) wrong.push(`${name} with JSON: ${json}`);
    for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"]) {
      const broken = (await send(its, address, "--x\r\nbroken", type)).status;
      if (broken !== (takesFiles(name) ? 400 : 415)) wrong.push(`${name} with a broken ${type}: ${broken}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("a number of a problem that is no text is none of the town's", async (t) => {
  const its = await aWholeHouse(t);
  for (const act of ["assign", "export", "remind"]) {
    const { status } = await send(its, `/office/bulk/${act}`, new URLSearchParams({ numbers: "SL\0", number: "SL\0", problems: "SL\0" }));
    assert.ok(status < 500, `${act}: ${status}`);
  }
  assert.equal((await send(its, `/office/inbox/${its.report}/join`, new URLSearchParams({ problem: "SL\0", number: "SL\0" }))).status, 422);
});
