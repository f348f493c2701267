import assert from "node:assert/strict";
import { test } from "node:test";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { livingLedger } from "#test/living-ledger";
import { aTown, aTownBeside, AT, type ATown } from "#test/town";
import { assertValid } from "#test/valid-page";
import { aProgram, aVisitor } from "#test/door";

const PAGES = [
  "/",
  "/ledger?order=waiting&limit=2",
  "/ledger",
  "/ledger?status=assigned&light=red",
  "/ledger?q=nothing",
  "/ledger?before=SL-2026-0003",
  "/ledger?theme=x",
  "/nowhere",
];
const NUMBERS = [1, 2, 3, 4, 5, 6, 7].map((sequence) => `/ledger/SL-2026-000${sequence}`);

test("every public page of the ledger is valid HTML, in both languages", async (t) => {
  const house = await aTown(t);
  await livingLedger(house);
  const { app } = aProgram(house.town);
  for (const lang of ["zh", "en"] as const) {
    const visitor = aVisitor(app, { lang });
    for (const path of [...PAGES, ...NUMBERS]) {
      const page = await visitor.get(path);
      assert.notEqual(page.status, 500, path);
      await assertValid(page.text, `${lang} ${path}`);
    }
  }
});

test("an empty ledger says what will stand there and offers the next act", async (t) => {
  const house = await aTown(t);
  const visitor = aVisitor(aProgram(house.town).app);
  for (const path of ["/", "/ledger"]) {
    const page = await visitor.get(path);
    assert.equal(page.status, 200);
    assert.match(page.text, /class="empty"[\s\S]*href="\/report"/);
    await assertValid(page.text, path);
  }
  assert.match((await visitor.get("/ledger.atom")).text, /<updated>1970/);
});

test("whatever people write is shown as they wrote it and never runs", async (t) => {
  const house = await aTown(t);
  const evil = `<script>alert("怎么啦")</script>'"&<img src=x onerror=alert(1)>`;
  const number = await opened(house, evil);
  const visitor = aVisitor(aProgram(house.town).app);
  for (const path of ["/", "/ledger", `/ledger/${number}`, `/ledger?q=${encodeURIComponent(evil.slice(0, 30))}`, "/ledger.atom"]) {
    const page = await visitor.get(path);
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /<script>alert|<img src=x/, path);
  }
  assert.match((await visitor.get(`/ledger/${number}`)).text, /&lt;script&gt;alert\(&quot;怎么啦&quot;\)/);
});

test("an entry kept before what turns the order of reading was refused is read as it is stored, and cut between characters", async (t) => {
  const house = await aTown(t);
  const number = await opened(house, "工程款已付");
  const measures = [`${"查".repeat(119)}👨‍👩‍👧‍👦${"办".repeat(9)}`];
  await house.town.db.updateTable("ledger.problem").set({ title: "\u202e工程款已付\u202c", measures }).execute();
  const visitor = aVisitor(aProgram(house.town).app);
  for (const path of ["/ledger", `/ledger/${number}`, "/ledger.atom"]) {
    const { text } = await visitor.get(path);
    assert.match(text, /工程款已付/);
    assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\ufffd]/, path);
  }
  assert.ok((await visitor.get("/ledger")).text.includes(`${"查".repeat(119)}👨‍👩‍👧‍👦…`));
});

test("a number the ledger does not have is not found, nor is another town's", async (t) => {
  const house = await aTown(t);
  const beside = await aTownBeside(house.town, "xilin");
  const theirs = await opened(beside, "邻镇的事");
  assert.equal(theirs, "LZ-2026-0001");
  const { app } = aProgram(house.town);
  const visitor = aVisitor(app);
  for (const number of ["SL-2026-0001", theirs, "sl-2026-0001", "0", "%00", "' or 1=1", "SL-2026-99999999999999999999"]) {
    const page = await visitor.get(`/ledger/${encodeURIComponent(number)}`);
    assert.equal(page.status, 404, number);
  }
  assert.equal((await aVisitor(app, { host: "xilin.example" }).get(`/ledger/${theirs}`)).status, 200);
});

test("an address nobody can read is answered in words, not with a fault", async (t) => {
  const { town } = await aTown(t);
  const visitor = aVisitor(aProgram(town).app);
  for (const query of [
    "before=x",
    "before=SL-2026-0001%27",
    "theme=1",
    "status=deleted",
    "light=blue",
    "limit=0",
    "limit=x",
    "limit=100000",
    `q=${"长".repeat(200)}`,
    "q=%00",
    "unit=%27;drop",
  ]) {
    const page = await visitor.get(`/ledger?${query}`);
    assert.equal(page.status, 400, query);
    assert.match(page.text, /看不懂/);
  }
});

test("every filter has one address: empty fields are left out of it", async (t) => {
  const house = await aTown(t);
  const visitor = aVisitor(aProgram(house.town).app);
  const sent = await visitor.get(`/ledger?status=&theme=${house.themes.nature}&q=&light=red`);
  assert.equal(sent.status, 303);
  assert.equal(sent.location, `/ledger?theme=${house.themes.nature}&light=red`);
  assert.equal((await visitor.get("/ledger?status=&q=")).location, "/ledger");
  assert.equal((await visitor.get("/ledger?q=%E2%80%8B&light=red")).location, "/ledger?light=red");
});

test("turning the pages meets every entry once, the newest first", async (t) => {
  const house = await aTown(t);
  for (let i = 0; i < 7; i += 1) await opened(house, `第 ${i} 件`);
  const visitor = aVisitor(aProgram(house.town).app);
  const met: string[] = [];
  let path = "/ledger?limit=3";
  for (let turns = 0; path !== "" && turns < 5; turns += 1) {
    const { text } = await visitor.get(path);
    met.push(...[...text.matchAll(/<b>(SL-2026-\d+)<\/b>/g)].map(([, number]) => number ?? ""));
    path = (/rel="next" href="([^"]+)"/.exec(text)?.[1] ?? "").replaceAll("&amp;", "&");
  }
  assert.deepEqual(
    met,
    [7, 6, 5, 4, 3, 2, 1].map((sequence) => `SL-2026-000${sequence}`),
  );
});

test("the latest changes are a well-formed feed, the newest first", async (t) => {
  const house = await aTown(t);
  await livingLedger(house);
  const feed = await aVisitor(aProgram(house.town).app).get("/ledger.atom");
  assert.equal(feed.headers.get("content-type"), "application/atom+xml; charset=utf-8");
  assert.deepEqual(unclosed(feed.text), []);
  const days = [...feed.text.matchAll(/<entry>[\s\S]*?<updated>([^<]+)/g)].map(([, updated]) => updated ?? "");
  assert.ok(days.length > 20);
  assert.deepEqual(days, days.toSorted().toReversed());
  assert.match(feed.text, /SL-2026-0006 立项：西岭村桥头护栏松动/);
});

test("the list says how many it has, in the order that is asked for, and all of it comes as a table", async (t) => {
  const house = await aTown(t);
  await livingLedger(house);
  const visitor = aVisitor(aProgram(house.town).app);
  const whole = await visitor.get("/ledger");
  assert.match(whole.text, /共 6 件/);
  assert.match((await visitor.get("/ledger?status=closed")).text, /共 \d 件/);
  const urgent = await visitor.get("/ledger?order=urgent&limit=3");
  assert.match(urgent.text, /<option value="urgent" selected>急的在前/);
  assert.match(urgent.text, /共 6 件[\s\S]*href="\/ledger\.csv\?order=urgent" download/);
  const file = await visitor.get("/ledger.csv?order=urgent");
  assert.match(file.headers.get("content-disposition") ?? "", /filename="ledger-2026-07-28\.csv"/);
  const rows = file.text.trim().split('\r\n"');
  assert.equal(rows.length, 7);
  assert.match(rows[0] ?? "", /"编号","怎么啦","状态"/);
  const listed = (text: string) => [...text.matchAll(/<b>(SL-2026-\d+)<\/b>/g)].map(([, number]) => number);
  assert.deepEqual(
    rows.slice(1).map((row) => /SL-2026-\d+/.exec(row)?.[0]),
    listed((await visitor.get("/ledger?order=urgent")).text),
  );
  assert.equal((await visitor.get("/ledger.csv?light=blue")).status, 400);
});

async function opened({ town, cast, categories }: Pick<ATown, "town" | "cast" | "categories">, title: string): Promise<string> {
  const { number } = await openProblem(
    town,
    cast.qianWen,
    AT,
    OpenProblem.parse({ title, category: categories.complaint, place: title.slice(0, 20), details: title }),
  );
  return number;
}

/** The elements of an XML text that are not closed where they should be. */
function unclosed(xml: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, close, name = "", empty] of xml.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (close === "/") {
      if (open.pop() !== name) wrong.push(name);
    } else if (empty !== "/") open.push(name);
  }
  return [...wrong, ...open];
}
