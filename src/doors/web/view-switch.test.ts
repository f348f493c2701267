import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { DUTIES } from "#people/officer";
import { newId } from "#platform/ids";
import type { Town } from "#platform/town";
import { aProblem } from "#test/desk";
import { aDoor, keyOf, textOf } from "#test/door";
import { aDoorstep, answerAll, countReports, seenIn } from "#test/doorstep";
import { aTown } from "#test/town";
import { pageBehind } from "./page-behind.ts";
import { ROUTES } from "./routes.ts";

/** The form whose buttons the switches are. */
function formOf(page: string): string {
  const id = /<button class="view-switch"[^>]*\sform="([^"]*)"/.exec(page)?.[1] ?? assert.fail("no switch on the page");
  const from = page.search(new RegExp(`<form\\b[^>]*\\bid="${id}"`));
  assert.ok(from >= 0, "the switch has its form");
  return page.slice(from, page.indexOf("</form>", from));
}

/** The fields of the form that came back as the browser would send them, each name once, without the key that is new each time. */
function fieldsOf(page: string): Record<string, string> {
  const form = formOf(page);
  const unescaped = (text: string) =>
    text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  const inputs = [...form.matchAll(/<input\b[^>]*>/g)].flatMap(([input]) => {
    const [name, value, type] = ["name", "value", "type"].map((attribute) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(input)?.[1]);
    const isChoice = type === "checkbox" || type === "radio";
    return name === undefined || type === "file" || (isChoice && !/\bchecked\b/.test(input))
      ? []
      : [[name, unescaped(value ?? "")] as const];
  });
  const areas = [...form.matchAll(/<textarea\b[^>]*name="([^"]*)"[^>]*>([^<]*)/g)].map(
    ([, name = "", text = ""]) => [name, unescaped(text).replace(/^\n/, "").replaceAll("\r\n", "\n")] as const,
  );
  return Object.fromEntries([...inputs, ...areas].filter(([name]) => name !== "form_key"));
}

function switchOf(page: string, to: string): string | undefined {
  return new RegExp(`formaction="([^"]*view_switch=${to})"`).exec(page)?.[1]?.replaceAll("&amp;", "&");
}

/** Everything the town keeps, counted table by table. */
async function rowsOf(town: Town): Promise<string> {
  const { rows } = await sql<{ name: string; rows: number }>`
    select t.table_schema || '.' || t.table_name as name,
           (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I', t.table_schema, t.table_name), false,
             true, '')))[1]::text as rows
    from information_schema.tables t
    where t.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE'
    order by 1`.execute(town.db);
  return JSON.stringify(rows);
}

test("on every page that answers a form, the view is switched without losing what was typed and without doing anything", async (t) => {
  const its = await aTown(t);
  const { town, cast } = its;
  const number = await aProblem(its);
  await town.db
    .insertInto("people.duty")
    .values(
      DUTIES.filter((duty) => !cast.qianWen.duties.has(duty)).map((duty) => ({
        town: town.id,
        id: newId(its.at),
        officer: cast.qianWen.id,
        duty,
        granted_at: its.at,
      })),
    )
    .execute();
  const what = ReceiveReport.parse({ title: "路灯不亮", category: its.categories.complaint, photos: [] });
  const { report } = await receiveReport(town, null, its.at, { ...what, channel: "web" });
  const there = new Map([
    ["number", number],
    ["report", report],
    ["officer", cast.wuJie.id],
    ["unit", its.units.sanitation],
    ["village", its.villages.dongtang],
    ["category", its.categories.help],
    ["campaign", its.campaign],
    ["theme", its.themes.nature],
  ]);
  const door = aDoor(its);
  const seen = { came: 0, walked: 0 };
  for (const route of ROUTES.map(({ name }) => name).filter((name) => name.startsWith("POST ") && name !== "POST /office/sign-out")) {
    const cookie = `${await door.cookieOf(cast.qianWen)}; lang=zh`;
    const path = route.slice(5).replaceAll(/:(\w+)/g, (_, name: string) => there.get(name) ?? newId(its.at));
    const typed = {
      title: "留下的话".repeat(100),
      details: "留下的话",
      place: "村口",
      reason: "留下的话",
      name: "留下的话".repeat(20),
      code: "留下",
    };
    const first = await door.post(path, typed, cookie);
    if (first.status < 400) continue;
    const page = await first.text();
    const action = switchOf(page, "lang-en") ?? assert.fail(`${route}: no switch on its page`);
    const before = await rowsOf(town);
    const sent = fieldsOf(page);
    const again = await door.post(action, sent, cookie);
    assert.ok(
      again.headers.getSetCookie().some((one) => one.startsWith("lang=en")),
      route,
    );
    assert.equal(await rowsOf(town), before, `${route}: nothing was done`);
    seen.walked += 1;
    if (again.status === 303) {
      assert.equal(again.headers.get("location"), pageBehind(ROUTES, path), route);
      continue;
    }
    const switched = await again.text();
    assert.match(switched, /<html lang="en"/, route);
    assert.notEqual(again.status, 500, route);
    assert.deepEqual(fieldsOf(switched), sent, `${route}: what was typed is still there`);
    if (Object.values(sent).some((value) => value.includes("留下的话"))) seen.came += 1;
  }
  assert.ok(seen.walked > 40 && seen.came > 5, JSON.stringify(seen));
});

test("a right form is not sent by switching the view", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.zhouXi);
  const form = { nameZh: "南坪村", nameEn: "Nanping", code: "", lon: "", lat: "" };
  const before = await rowsOf(its.town);
  const drawn = await door.post("/office/people/villages?view_switch=lang-en", form, cookie);
  assert.equal(await rowsOf(its.town), before);
  assert.ok((await drawn.text()).includes('value="南坪村"'));
  assert.equal(
    (await door.post("/office/people/villages?view_switch=lang-xx", form, cookie)).status,
    303,
    "no such view: the form is sent",
  );
});

test("a finished report is not sent by switching the view, though its form holds nothing to judge", async (t) => {
  const its = await aDoorstep(t);
  const { visitor } = its;
  const check = await answerAll(visitor, its);
  const form = { form_key: keyOf(check, "/report/check"), seen: seenIn(check) };
  assert.equal((await visitor.post("/report/check?view_switch=lang-en", form)).location, "/report/check");
  assert.equal(await countReports(its), 0);
  assert.match((await visitor.post("/report/check", form)).location, /^\/receipt\//);
});

test("from an address that only takes forms the view's link leads to the page behind it; from one not there, there again", async (t) => {
  const door = aDoor(await aTown(t));
  const from = async (path: string) =>
    (await door.ask("/language?to=en", { headers: { referer: `http://localhost:3000${path}` } })).headers.get("location");
  assert.equal(await from("/ledger/SL-2026-0007/me-too"), "/ledger/SL-2026-0007");
  assert.equal(await from("/report/check/me-too"), "/report/check");
  assert.equal(await from("/office/sign-out"), "/office");
  assert.equal(await from("/ledger?q=%E8%B7%AF"), "/ledger?q=%E8%B7%AF");
  assert.equal(await from("/nowhere"), "/nowhere");
  assert.equal(await from("//evil.example"), "/evil.example");
  assert.equal(await from("/language?to=zh"), "/");
  const lost = await (await door.get("/nowhere")).text();
  assert.ok(lost.includes('href="/language?to=en"') && textOf(lost).includes("长辈版"));
});
