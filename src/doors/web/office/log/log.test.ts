import assert from "node:assert/strict";
import { test } from "node:test";
import { appendEvent, RESIDENT } from "#audit/append-event";
import { addVillage, AddVillage } from "#people/add-village";
import { changeOfficer } from "#people/change-officer";
import { grantDuty } from "#people/grant-duty";
import { aDoor, textOf } from "#test/door";
import { aTown, type ATown } from "#test/town";

const REPORT = "0198c2c4-0000-7000-8000-00000000000a";
const days = (at: Date, count: number) => new Date(at.getTime() + count * 86_400_000);

/** Three days of small acts. */
async function withActs(a: ATown) {
  const { town, cast, at, units } = a;
  await grantDuty(town, cast.wuAn, days(at, -2), { officer: cast.wuJie.id, version: null, duty: "clerk" });
  await addVillage(
    town,
    cast.qianWen,
    days(at, -1),
    AddVillage.parse({ nameZh: "=cmd|calc", nameEn: "Nanping", code: "", lon: "", lat: "" }),
  );
  await changeOfficer(town, cast.zhouXi, at, {
    officer: cast.wuJie.id,
    version: null,
    name: "吴洁",
    titleZh: "",
    titleEn: "",
    unit: units.sanitation,
  });
  await appendEvent(town, RESIDENT, at, {
    verb: "report.received",
    subject: { kind: "report", id: REPORT },
    words: { details: "谁也不该看到的话" },
  });
  return a;
}

test("only the auditor reads the log, and it shows who did what, the newest first", async (t) => {
  const a = await withActs(await aTown(t));
  const door = aDoor(a);
  for (const officer of [a.cast.zhouXi, a.cast.wuAn, a.cast.qianWen, a.cast.zhaoShu])
    assert.equal((await door.get("/office/log", await door.cookieOf(officer))).status, 403);
  const text = textOf(await (await door.get("/office/log", await door.cookieOf(a.cast.shenJi))).text());
  const table = text.slice(text.lastIndexOf("内容"));
  assert.ok(
    table.indexOf("居民") < table.indexOf("周系") &&
      table.indexOf("周系") < table.indexOf("钱文") &&
      table.indexOf("钱文") < table.indexOf("武安"),
    table,
  );
  assert.ok(table.includes("人员 吴洁 · 职责：受理"));
});

test("the auditor sees that something was said, never the content of a report", async (t) => {
  const a = await withActs(await aTown(t));
  const door = aDoor(a);
  const cookie = await door.cookieOf(a.cast.shenJi);
  assert.ok(!(await (await door.get("/office/log", cookie)).text()).includes("谁也不该"));
  assert.ok(!(await (await door.post("/office/log/export", {}, cookie)).text()).includes("谁也不该"));
});

test("the log is searched by act, by officer and by days, and what is impossible is said beside the field", async (t) => {
  const a = await withActs(await aTown(t));
  const door = aDoor(a);
  const cookie = await door.cookieOf(a.cast.shenJi);
  const rows = async (query: string) =>
    ((await (await door.get(`/office/log?${query}`, cookie)).text()).match(/<th scope="row">/g) ?? []).length;
  assert.equal(await rows(""), 4);
  assert.equal(await rows("verb=duty.granted"), 1);
  assert.equal(await rows(`officer=${a.cast.qianWen.id}`), 1);
  assert.equal(await rows("from=2026-07-27&to=2026-07-27"), 1);
  assert.equal(await rows("from=2026-07-27"), 3);
  assert.equal(await rows("to=2026-07-26"), 1);
  assert.equal(await rows("verb=&officer=&number=&from=&to="), 4);
  for (const [query, field] of [
    ["from=2026-02-30", "from"],
    ["from=2026-07-28&to=2026-07-27", "to"],
    ["verb=x", "verb"],
    ["officer=x", "officer"],
    ["number=SL-2026-9999", "number"],
  ] as const) {
    const back = await door.get(`/office/log?${query}`, cookie);
    assert.equal(back.status, 422, query);
    assert.ok((await back.text()).includes(`href="#f-${field}"`), query);
  }
});

test("a long log is turned page by page, each event once", async (t) => {
  const { town, cast, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  for (let i = 0; i < 120; i += 1)
    await appendEvent(town, RESIDENT, a.at, { verb: "report.received", subject: { kind: "report", id: REPORT }, facts: { i } });
  const cookie = await door.cookieOf(cast.shenJi);
  const seen: string[] = [];
  let path: string | undefined = "/office/log?verb=report.received";
  while (path !== undefined) {
    const page = await (await door.get(path, cookie)).text();
    seen.push(...[...page.matchAll(/ · i: (\d+)/g)].map(([, i = ""]) => i));
    path = /<a class="btn" href="([^"]*)" rel="next">/.exec(page)?.[1]?.replaceAll("&amp;", "&");
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 120 }, (_, i) => String(119 - i)),
  );
});

test("an export is a file no spreadsheet runs, and is itself in the log", async (t) => {
  const a = await withActs(await aTown(t));
  const door = aDoor(a);
  const cookie = await door.cookieOf(a.cast.shenJi);
  await a.town.db
    .updateTable("people.officer")
    .set({ name: "=1+1" })
    .where("town", "=", a.town.id)
    .where("id", "=", a.cast.qianWen.id)
    .execute();
  const file = await door.post("/office/log/export", { verb: "village.added" }, cookie);
  const csv = await file.text();
  assert.equal(file.headers.get("content-disposition"), 'attachment; filename="log-2026-07-28.csv"');
  assert.ok(csv.includes(`"'=1+1"`), csv);
  assert.equal(csv.trim().split("\r\n").length, 2);
  const event = await a.town.db.selectFrom("audit.event").select("body").where("verb", "=", "log.exported").executeTakeFirstOrThrow();
  assert.ok(event.body.includes('"lines":1') && event.body.includes('"verb":"village.added"'));
});
