import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { remakeReportSearch } from "#intake/remake-search";
import { assignProblem } from "#ledger/assign-problem";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { remakeProblemSearch } from "#ledger/remake-search";
import { changeOfficer } from "#people/change-officer";
import { changeUnit } from "#people/change-unit";
import { changeVillage } from "#people/change-village";
import { aProblem } from "#test/desk";
import { aDoor } from "#test/door";
import { aTown } from "#test/town";

/** A ledger of two entries, of which one is looked for; searched by anybody, and by an officer. */
async function aLedger(t: TestContext) {
  const here = await aTown(t);
  const { town, at, cast, categories, villages, units } = here;
  const other = await aProblem(here, 0);
  const { problem, number } = await openProblem(
    town,
    cast.qianWen,
    at,
    OpenProblem.parse({
      title: "路灯不亮",
      details: "老人走“三无”小区夜路摔倒",
      place: "小桥边（3 号）",
      category: categories.hazard,
      village: villages.dongtang,
    }),
  );
  await assignProblem(town, cast.zhengShang, at, {
    problem,
    version: 1,
    leaders: [cast.sunTian.id],
    unit: units.rural,
    measures: ["更换线缆"],
    goal: "夜里亮着",
    dueOn: "2026-07-30",
  });
  const door = aDoor(here);
  const cookie = await door.cookieOf(cast.qianWen);
  /** The numbers that a search finds at the public door; the office and the API find the same. */
  const found = async (typed: string): Promise<readonly string[]> => {
    const pages = await Promise.all(
      ["/ledger", "/office/ledger"].map(async (path) => {
        const page = await door.get(`${path}?${new URLSearchParams({ q: typed }).toString()}`, cookie);
        assert.equal(page.status, 200, `${path} ${typed}`);
        return page.text();
      }),
    );
    const [ledger = [], office = []] = pages.map((page) => [number, other].filter((one) => page.includes(`ledger/${one}"`)));
    assert.deepEqual(office, ledger, typed);
    return ledger;
  };
  return { ...here, door, cookie, number, other, found };
}

test("the ledger is searched by number, matter, place, village, measure, unit and leader, in the office as in public", async (t) => {
  const { number, other, found } = await aLedger(t);
  for (const typed of [
    number,
    number.toLowerCase().replaceAll("-", "—"),
    `编号：${number}`,
    "路灯",
    "摔倒",
    "三无小区",
    "小桥边3号",
    "东塘",
    "东塘村",
    "dongtang VILLAGE",
    "更换线缆",
    "夜里亮着",
    "乡村振兴办",
    "Revitalisation",
    "孙田",
    "东塘，路灯",
    "东塘 孙田、线缆",
    "路\u200b灯\u202e",
  ])
    assert.deepEqual(await found(typed), [number], typed);
  assert.deepEqual(await found("窗口"), [other]);
  assert.deepEqual(await found("西岭"), []);
  assert.deepEqual(await found("东塘 窗口"), []);
  for (const typed of ["%", "_", "\\", "' or 1=1 --", "路%灯", "<b>", "@"]) assert.ok((await found(typed)).length < 2, typed);
});

test("who was given another name is found by it at once, and by the old one no more", async (t) => {
  const { town, at, cast, units, villages, number, found } = await aLedger(t);
  await changeVillage(town, cast.qianWen, at, {
    village: villages.dongtang,
    nameZh: "新塘社区",
    nameEn: "Xintang",
    code: null,
    lon: null,
    lat: null,
    version: 1,
  });
  const unit = {
    unit: units.rural,
    nameZh: "农业服务中心",
    nameEn: "Farming",
    kind: "department" as const,
    parent: units.government,
    version: 1,
  };
  await changeUnit(town, cast.qianWen, at, unit);
  await changeOfficer(town, cast.zhouXi, at, {
    officer: cast.sunTian.id,
    name: "孙新田",
    titleZh: "",
    titleEn: "",
    unit: units.rural,
    version: 1,
  });
  for (const typed of ["新塘", "农业服务", "孙新田"]) assert.deepEqual(await found(typed), [number], typed);
  for (const typed of ["东塘", "振兴", "孙田"]) assert.deepEqual(await found(typed), [], typed);
});

test("an entry kept before is found like a new one once the clock has made its words again, hidden characters or not", async (t) => {
  const { town, number, found } = await aLedger(t);
  const asBefore = {
    title: "路\u200b灯不亮",
    search: "'shili/不亮'",
    search_text: `${number.toLowerCase()}\n路\u200b灯不亮`,
    search_made: 0,
  };
  await town.db.updateTable("ledger.problem").set(asBefore).where("number", "=", number).execute();
  assert.deepEqual(await found("路灯"), []);
  assert.equal(await remakeProblemSearch(town), 1);
  for (const typed of ["路灯", "东塘", "孙田"]) assert.deepEqual(await found(typed), [number], typed);
  assert.equal(await remakeProblemSearch(town), 0);
});

test("the inbox is searched by words, place and village, an older report too", async (t) => {
  const { town, at, categories, villages, door, cookie } = await aLedger(t);
  const said = { title: "水压不够", details: "“二楼”没有水", place: "老槐树下", category: categories.help, village: villages.dongtang };
  const { report } = await receiveReport(town, null, at, { ...ReceiveReport.parse(said), channel: "web" });
  const found = async (q: string) =>
    (await (await door.post("/office/inbox/search", { q, status: "all" }, cookie)).text()).includes(`/office/inbox/${report}`);
  const everything = ["水压", "二楼没有水", "老槐树", "东塘", "水压，东塘村", "老\u200b槐树"];
  for (const q of everything) assert.ok(await found(q), q);
  for (const q of ["路灯", "西岭", "水压 西岭"]) assert.ok(!(await found(q)), q);
  await town.db.updateTable("intake.report").set({ search: "'shili/水压'", search_made: 0 }).where("id", "=", report).execute();
  assert.ok(!(await found("东塘")));
  assert.equal(await remakeReportSearch(town), 1);
  for (const q of everything) assert.ok(await found(q), q);
});
