import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { sql } from "kysely";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { actOn } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { aLongLedger, numbersIn } from "#test/long-ledger";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

async function aLedger(t: TestContext) {
  const its = await aTown(t);
  const { town, cast, categories, at } = its;
  const numbers: string[] = [];
  for (const title of ["乙路灯不亮", "丙垃圾没清", "甲护栏松动"]) {
    const { number } = await openProblem(town, cast.qianWen, at, OpenProblem.parse({ title, category: categories.complaint }));
    numbers.push(number);
  }
  const [lamps = "", , rails = ""] = numbers;
  const door = aDoor(its);
  const cookie = await door.cookieOf(cast.zhengShang);
  const page = async (address: string, as = cookie) => {
    const text = await (await door.get(address, as)).text();
    await assertValid(text, address);
    const rows = [...text.matchAll(/<th scope="row"[^>]*>([^<]+)<\/th>/g)].map(([, number = ""]) => numbers.indexOf(number));
    const heads = [...text.matchAll(/<th scope="col"[^>]*>\s*<a [^>]*>([^<]+)<\/a>/g)].map(([, head = ""]) => head);
    return { text, rows, heads };
  };
  return { ...its, numbers, lamps, rails, door, cookie, page };
}

test("the ledger of the office is ordered by any of its columns, either way, and says by which", async (t) => {
  const its = await aLedger(t);
  await actOn(its, its.lamps, "assign", its.cast.zhengShang, its.at);
  assert.deepEqual((await its.page("/office/ledger")).rows, [2, 1, 0]);
  assert.deepEqual((await its.page("/office/ledger?order=number")).rows, [0, 1, 2]);
  const rising = await its.page("/office/ledger?order=title");
  const falling = await its.page("/office/ledger?order=-title");
  assert.deepEqual(rising.rows, falling.rows.toReversed());
  assert.notDeepEqual(rising.rows, [2, 1, 0]);
  assert.match(rising.text, /aria-sort="ascending">\s*<a href="\/office\/ledger\?order=-title">问题内容</);
  // What has no unit stands behind what has one, both ways.
  assert.equal((await its.page("/office/ledger?order=unit")).rows[0], 0);
  assert.equal((await its.page("/office/ledger?order=-unit")).rows[0], 0);
  assert.match(textOf(rising.text), /共 3 件/);
});

test("an ordered list is turned page by page, every entry once", async (t) => {
  const its = await aLedger(t);
  const seen: number[] = [];
  for (let next: string | undefined = "/office/ledger?order=title&limit=1"; next !== undefined;) {
    const { text, rows } = await its.page(next.replaceAll("&amp;", "&"));
    seen.push(...rows);
    next = /href="([^"]+)" rel="next"/.exec(text)?.[1];
  }
  assert.deepEqual(seen, (await its.page("/office/ledger?order=title")).rows);
});

test("the columns an officer chose stay theirs, on every machine; number and matter always stand", async (t) => {
  const its = await aLedger(t);
  const sent = await its.door.post(
    "/office/ledger/columns",
    [
      ["columns", "village"],
      ["columns", "reports"],
      ["query", "order=title"],
    ],
    its.cookie,
  );
  assert.equal(sent.headers.get("location"), "/office/ledger?order=title");
  assert.equal((await its.door.post("/office/ledger/columns", { columns: "nothing", query: "" }, its.cookie)).status, 422);
  const elsewhere = await its.door.cookieOf(its.cast.zhengShang);
  assert.deepEqual((await its.page("/office/ledger", elsewhere)).heads, ["编号", "问题内容", "村（社区）", "来件数"]);
  const another = await its.door.cookieOf(its.cast.qianWen);
  assert.deepEqual((await its.page("/office/ledger", another)).heads, ["编号", "问题内容", "责任领导", "责任单位", "时限", "状态"]);
});

test("a list kept under a name has an address, which colleagues may open and only its owner removes", async (t) => {
  const its = await aLedger(t);
  const save = (name: string, query: string) =>
    its.door.post(
      "/office/ledger/views",
      [
        ["name", name],
        ["query", query],
      ],
      its.cookie,
    );
  const nameless = await save("", "order=title&status=opened");
  assert.equal(nameless.status, 422);
  assert.match(await nameless.text(), /name="query" value="status=opened&amp;order=title/);
  const kept = (await save("待交办", "status=opened&order=title&columns=number,title,opened")).headers.get("location") ?? "";
  const colleague = await its.door.cookieOf(its.cast.qianWen);
  const opened = (await its.door.get(kept, colleague)).headers.get("location") ?? "";
  const { text, heads } = await its.page(opened, colleague);
  assert.match(text, /<h1>待交办<\/h1>/);
  assert.deepEqual(heads, ["编号", "问题内容", "立项日期"]);
  assert.doesNotMatch(text, /删去视图/);
  await its.door.post(`${kept}/forget`, [], colleague);
  assert.equal((await its.door.get(kept, its.cookie)).status, 303);
  const again = (await save("待交办", "status=assigned")).headers.get("location");
  assert.equal(again, kept);
  await its.door.post(`${kept}/forget`, [], its.cookie);
  assert.equal((await its.door.get(kept, its.cookie)).status, 404);
});

test("an officer keeps thirty views; one more is refused beside its name and leaves nothing", async (t) => {
  const its = await aLedger(t);
  const save = (name: string) =>
    its.door.post(
      "/office/ledger/views",
      [
        ["name", name],
        ["query", ""],
      ],
      its.cookie,
    );
  for (let one = 1; one <= 30; one += 1) assert.equal((await save(`视图${one}`)).status, 303);
  const refused = await save("再来一个");
  assert.equal(refused.status, 409);
  assert.match(textOf(await refused.text()), /已经满 30 个/);
  assert.equal((await its.town.db.selectFrom("office.list_view").select("id").execute()).length, 30);
});

test("the columns that the list shows are those of its exported table", async (t) => {
  const its = await aLedger(t);
  const file = await its.door.post(
    "/office/bulk/export",
    [
      ["filter", ""],
      ["columns", "number,title,objections"],
    ],
    its.cookie,
  );
  const [heads = "", first = ""] = (await file.text()).replace("\uFEFF", "").split("\r\n");
  assert.equal(heads, `"编号","问题内容","异议"`);
  assert.equal(first, `"${its.rails}","甲护栏松动",0`);
});

test("a list that is longer than a file is exported in parts, every entry once, each an event", async (t) => {
  const its = await aLongLedger(t, 5003);
  const cookie = await its.door.cookieOf(its.cast.zhengShang);
  const list = await (await its.door.get("/office/ledger", cookie)).text();
  const files: (readonly string[])[] = [];
  for (let page = /href="(\/office\/ledger\/files[^"]*)"/.exec(list)?.[1]; page !== undefined;) {
    const text = await (await its.door.get(page.replaceAll("&amp;", "&"), cookie)).text();
    await assertValid(text, page);
    const fields = [...text.matchAll(/<input type="hidden" name="(filter|part)" value="([^"]*)">/g)];
    const asked = fields.map(([, name = "", value = ""]) => [name, value.replaceAll("&amp;", "&")] as const);
    const file = await its.door.post("/office/bulk/export", asked, cookie);
    if (files.length === 1) assert.match(file.headers.get("content-disposition") ?? "", /filename="ledger-2026-07-28-2\.csv"/);
    files.push(numbersIn(await file.text()));
    page = /href="([^"]+)" rel="next"/.exec(text)?.[1];
  }
  assert.deepEqual(
    files.map(({ length }) => length),
    [1000, 1000, 1000, 1000, 1000, 3],
  );
  assert.equal(new Set(files.flat()).size, 5003);
  const events = await its.town.db.selectFrom("audit.event").select("id").where("verb", "=", "problems.exported").execute();
  assert.equal(events.length, 6);
});

test("what an officer answers for is exported alone where the list shows it alone", async (t) => {
  const its = await aLedger(t);
  await actOn(its, its.lamps, "assign", its.cast.zhengShang, its.at);
  const mine = await its.door.cookieOf(its.cast.wangLu);
  assert.match((await its.page("/office/ledger?mine=1", mine)).text, /name="mine" value="1"/);
  const file = await its.door.post("/office/bulk/export", { filter: "", mine: "1" }, mine);
  assert.deepEqual(numbersIn(await file.text()), [its.lamps]);
});

test("behind the hundred and fifty that a column orders the next are ordered, every entry once", async (t) => {
  const its = await aLongLedger(t, 320);
  const cookie = await its.door.cookieOf(its.cast.zhengShang);
  const seen: string[] = [];
  for (let next: string | undefined = "/office/ledger?order=title&limit=100"; next !== undefined;) {
    const text = await (await its.door.get(next.replaceAll("&amp;", "&"), cookie)).text();
    seen.push(...[...text.matchAll(/<th scope="row"[^>]*>([^<]+)<\/th>/g)].map(([, number = ""]) => number));
    if (seen.length === 150) assert.match(textOf(text), /接着排更早的 150 件/);
    next = /href="([^"]+)" rel="next"/.exec(text)?.[1];
  }
  assert.equal(seen.length, 320);
  assert.equal(new Set(seen).size, 320);
});

test("all that is overdue is turned page by page, the longest overdue first", async (t) => {
  const its = await aLongLedger(t, 320);
  const { id: leader, unit } = its.cast.wangLu;
  const work = sql`status = 'assigned', leaders = array[${leader}::uuid], unit = ${unit}, measures = array['换灯'], goal = '都亮'`;
  const due = sql`assigned_on = '2026-07-01', due_on = '2026-07-28'::date - (ordinal % 7)::int`;
  await sql`update ledger.problem set ${work}, ${due} where town = ${its.town.id}`.execute(its.town.db);
  const cookie = await its.door.cookieOf(its.cast.zhengShang);
  const seen: string[] = [];
  const days: number[] = [];
  for (let next: string | undefined = "/office/ledger?order=due&light=red&limit=100"; next !== undefined;) {
    const text = await (await its.door.get(next.replaceAll("&amp;", "&"), cookie)).text();
    seen.push(...[...text.matchAll(/<th scope="row"[^>]*>([^<]+)<\/th>/g)].map(([, number = ""]) => number));
    days.push(...[...text.matchAll(/逾期 (\d+) 天/g)].map(([, late]) => Number(late)));
    next = /href="([^"]+)" rel="next"/.exec(text)?.[1];
  }
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ledger.problem
    where town = ${its.town.id} and due_on < '2026-07-28'`.execute(its.town.db);
  assert.equal(seen.length, rows[0]?.count);
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(
    days,
    days.toSorted((a, b) => b - a),
  );
});
