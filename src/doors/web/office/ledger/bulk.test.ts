import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { actOn } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { livingLedger } from "#test/living-ledger";
import { aTown, aTownBeside } from "#test/town";
import { assertValid } from "#test/valid-page";

const KEY = "00000000-0000-4000-8000-000000000001";

async function threeProblems(t: TestContext) {
  const its = await aTown(t);
  const { town, cast, categories, at } = its;
  const open = (title: string) => openProblem(town, cast.qianWen, at, OpenProblem.parse({ title, category: categories.complaint }));
  const problems = [await open("路灯不亮"), await open("垃圾没清"), await open("=1+1 护栏松动")];
  const door = aDoor(its);
  return { ...its, problems, door, cookie: await door.cookieOf(cast.zhengShang) };
}

type Three = Awaited<ReturnType<typeof threeProblems>>;

function planFor(
  { cast, units, problems }: Three,
  over: readonly (readonly [string, string])[] = [],
): readonly (readonly [string, string])[] {
  const chosen = problems.flatMap(
    ({ problem }) =>
      [
        ["problem", problem],
        [`version_${problem}`, "1"],
      ] as const,
  );
  const own = new Set(over.map(([name]) => name));
  const shared = [
    ["form_key", KEY],
    ["leaders", cast.wangLu.id],
    ["leaders", ""],
    ["unit", units.service],
    ["measures", "派人去办"],
    ["goal", "群众说好"],
    ["dueOn", "2026-08-07"],
  ] as const;
  return [...shared.filter(([name]) => !own.has(name)), ...chosen, ...over];
}

const standing = ({ town }: Three) =>
  town.db.selectFrom("ledger.problem").select(["id", "status", "unit", "goal"]).orderBy("ordinal").execute();

test("several problems are assigned at once, one of them differently", async (t) => {
  const its = await threeProblems(t);
  const { door, cookie, problems, units } = its;
  const form = await (await door.get(`/office/bulk/assign?${problems.map(({ number }) => `number=${number}`).join("&")}`, cookie)).text();
  await assertValid(form, "bulk");
  const [, second] = problems;
  assert.ok(second);
  const sent = await door.post(
    "/office/bulk/assign",
    planFor(its, [
      [`unit_${second.problem}`, units.sanitation],
      [`goal_${second.problem}`, "日产日清"],
    ]),
    cookie,
  );
  assert.equal(sent.headers.get("location"), "/office/ledger?assigned=3");
  const now = await standing(its);
  assert.deepEqual(
    now.map(({ status, goal }) => `${status} ${goal}`),
    ["assigned 群众说好", "assigned 日产日清", "assigned 群众说好"],
  );
  assert.equal(now[1]?.unit, units.sanitation);
  assert.match(textOf(await (await door.get("/office/ledger?assigned=3", cookie)).text()), /已交办 3 条/);
});

test("what is refused says why for its number, keeps what was typed, and the others are done", async (t) => {
  const its = await threeProblems(t);
  const { door, cookie, problems, cast } = its;
  const [first, second] = problems;
  assert.ok(first && second);
  await actOn(its, first.number, "propose-dismissal", cast.qianWen, its.at);
  const sent = await door.post("/office/bulk/assign", planFor(its, [[`dueOn_${second.problem}`, "2027-01-04"]]), cookie);
  assert.equal(sent.status, 409);
  const page = await sent.text();
  await assertValid(page, "refused");
  assert.match(textOf(page), /没有办成 2 条/);
  assert.match(page, new RegExp(`name="dueOn_${second.problem}"[^>]*value="2027-01-04"`));
  assert.match(page, new RegExp(`href="#f-dueOn_${second.problem}">${second.number} `));
  assert.match(
    page,
    new RegExp(`id="f-dueOn_${second.problem}"[^>]*aria-describedby="[^"]*e-dueOn_${second.problem}" aria-invalid="true"`),
  );
  assert.ok(page.includes(`href="#f-form_${first.problem}"`) && page.includes(`id="f-form_${first.problem}"`));
  assert.match(page, />\s*派人去办<\/textarea>/);
  assert.deepEqual(
    (await standing(its)).map(({ status }) => status),
    ["opened", "opened", "assigned"],
  );
  const events = await its.town.db.selectFrom("audit.event").select("id").where("verb", "=", "problem.assigned").execute();
  assert.equal(events.length, 1);
});

test("malformed words come back before anything is done", async (t) => {
  const its = await threeProblems(t);
  const [first] = its.problems;
  assert.ok(first);
  const sent = await its.door.post(
    "/office/bulk/assign",
    planFor(its, [
      ["goal", ""],
      [`dueOn_${first.problem}`, "2026-02-30"],
    ]),
    its.cookie,
  );
  assert.equal(sent.status, 422);
  const page = await sent.text();
  assert.match(page, /href="#f-goal"/);
  assert.match(page, new RegExp(`href="#f-dueOn_${first.problem}"`));
  assert.deepEqual(
    (await standing(its)).map(({ status }) => status),
    ["opened", "opened", "opened"],
  );
});

test("a bulk form sent twice assigns and reminds once", async (t) => {
  const its = await threeProblems(t);
  await its.door.post("/office/bulk/assign", planFor(its), its.cookie);
  assert.equal((await its.door.post("/office/bulk/assign", planFor(its), its.cookie)).status, 303);
  const remind = [
    ["form_key", KEY.replace(/1$/, "2")],
    ["note", "请抓紧"],
    ...its.problems.flatMap(
      ({ problem }) =>
        [
          ["problem", problem],
          [`version_${problem}`, "2"],
        ] as const,
    ),
  ] as const;
  for (let i = 0; i < 2; i++)
    assert.equal((await its.door.post("/office/bulk/remind", remind, its.cookie)).headers.get("location"), "/office/ledger?reminded=3");
  const reminders = await its.town.db.selectFrom("ledger.reminder").select("id").execute();
  assert.equal(reminders.length, 3);
});

test("an export carries every column, neutralises formulas and is an event", async (t) => {
  const its = await threeProblems(t);
  const response = await its.door.post("/office/bulk/export", { filter: "" }, its.cookie);
  assert.match(response.headers.get("content-disposition") ?? "", /filename\*=UTF-8''%E5%8F%B0%E8%B4%A6-2026-07-28\.csv/);
  const bytes = new Uint8Array(await response.arrayBuffer());
  assert.deepEqual(bytes.slice(0, 3), new Uint8Array([0xef, 0xbb, 0xbf]));
  const lines = new TextDecoder().decode(bytes).split("\r\n");
  assert.equal(lines.length, 5);
  assert.match(lines[0] ?? "", /^"编号","问题来源","问题类别","主题"/);
  assert.match(lines[1] ?? "", /"'=1\+1 护栏松动"/);
  assert.equal(lines[1]?.split('","').length, lines[2]?.split('","').length);
  const [first] = its.problems;
  const one = await (await its.door.post("/office/bulk/export", { number: first?.number ?? "", filter: "" }, its.cookie)).text();
  assert.equal(one.split("\r\n").length, 3);
  const events = await its.town.db.selectFrom("audit.event").select("body").where("verb", "=", "problems.exported").execute();
  assert.equal(events.length, 2);
});

test("a whole living ledger can be exported", async (t) => {
  const its = await aTown(t);
  await livingLedger(its);
  const door = aDoor(its);
  const text = await (await door.post("/office/bulk/export", { filter: "light=red" }, await door.cookieOf(its.cast.wangLu))).text();
  assert.match(text, /"办证窗口午间无人，企业跑三趟才办成一件事"/);
  assert.doesNotMatch(text, /路灯/);
});

test("the officers' list filters as the public one does, knows mine, and survives any address", async (t) => {
  const its = await aTown(t);
  const { river } = await livingLedger(its);
  const door = aDoor(its);
  const mine = await (await door.get("/office/ledger?mine=1", await door.cookieOf(its.cast.liHe))).text();
  await assertValid(mine, "mine");
  const numbers = (page: string) => [...page.matchAll(/name="number" value="(SL-[^"]+)"/g)].map(([, number]) => number);
  assert.ok(numbers(mine).includes(river.number));
  assert.equal(numbers(mine).length, 2);
  const cookie = await door.cookieOf(its.cast.qianWen);
  assert.deepEqual(numbers(await (await door.get("/office/ledger?light=amber", cookie)).text()), [river.number]);
  const page = await (await door.get("/office/ledger?limit=2", cookie)).text();
  const next = (/href="(\/office\/ledger\?[^"]*)" rel="next"/.exec(page)?.[1] ?? "").replaceAll("&amp;", "&");
  assert.equal(new Set([...numbers(page), ...numbers(await (await door.get(next, cookie)).text())]).size, 4);
  assert.equal((await door.get("/office/ledger?unit=%00&before=zzz&limit=1000000&light=blue", cookie)).status, 200);
});

test("assigning together is refused to those without the duty, grey on the page and 403 when sent", async (t) => {
  const its = await threeProblems(t);
  const cookie = await its.door.cookieOf(its.cast.wangLu);
  const page = await (await its.door.get("/office/ledger", cookie)).text();
  assert.match(page, /aria-disabled="true" aria-describedby="no-bulk"/);
  await assertValid(page, "leader's list");
  assert.equal((await its.door.post("/office/bulk/assign", planFor(its), cookie)).status, 403);
  assert.equal((await its.door.get("/office/ledger", await its.door.cookieOf(its.cast.shenJi))).status, 403);
  assert.deepEqual(
    (await standing(its)).map(({ status }) => status),
    ["opened", "opened", "opened"],
  );
});

test("another town's problems cannot be chosen, assigned or exported", async (t) => {
  const its = await aTown(t);
  const beside = await aTownBeside(its.town);
  const theirs = await openProblem(
    beside.town,
    beside.cast.qianWen,
    its.at,
    OpenProblem.parse({ title: "邻镇的事", category: beside.categories.complaint }),
  );
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.qianWen);
  assert.match(textOf(await (await door.get(`/office/bulk/assign?number=${theirs.number}`, cookie)).text()), /没有选中任何一条/);
  assert.match(
    textOf(
      await (
        await door.post("/office/bulk/remind", { problem: theirs.problem, [`version_${theirs.problem}`]: "1", note: "催" }, cookie)
      ).text(),
    ),
    /没有选中任何一条/,
  );
  assert.doesNotMatch(await (await door.post("/office/bulk/export", { number: theirs.number, filter: "" }, cookie)).text(), /邻镇的事/);
});
