import assert from "node:assert/strict";
import { test } from "node:test";
import { addWord } from "#intake/add-word";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { aCallBack, morning } from "#test/call-back";
import { actOn, aProblem, aVerifiedProblem, on } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { EVERY_STATE } from "#test/every-state";
import { aReport } from "#test/inbox";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

/** Links that bear a number: what they say, where they lead, and the number. */
function numbersOf(page: string): readonly { readonly says: string; readonly to: string; readonly count: number }[] {
  const links = [...page.matchAll(/<a (?:class="[^"]*" )?href="([^"]+)"[^>]*>(.*?)<\/a>/gs)];
  return links.flatMap(([, to = "", inside = ""]) => {
    const number = /<b>(\d+)<\/b>|class="office-count"\s*>\D*(\d+)|（(\d+)）/s.exec(inside);
    if (number === null) return [];
    return [{ says: textOf(inside).trim(), to: to.replaceAll("&amp;", "&"), count: Number(/\d+/.exec(number[0])?.[0]) }];
  });
}

/** How many lines of work a list holds, of every page of it. */
async function rowsBehind(ask: (to: string) => Promise<string>, to: string): Promise<number> {
  const page = await ask(to);
  const main = page.slice(page.indexOf("<main"));
  const pile = /<nav class="call-pile".*?<\/nav>/s.exec(main)?.[0];
  const rows = (pile === undefined ? main.match(/<td class="office-open">/g) : pile.match(/<li>/g))?.length ?? 0;
  const next = /<a class="btn" href="([^"]+)" rel="next"/.exec(main)?.[1];
  return next === undefined ? rows : rows + (await rowsBehind(ask, next.replaceAll("&amp;", "&")));
}

test("every number of today, for every duty, opens exactly so many lines", async (t) => {
  const its = await aTown(t);
  const { town, cast } = its;
  for (const bring of EVERY_STATE) await bring(its, cast.wangLu);
  await aCallBack(its, { phone: "13800000001" });
  for (let i = 0; i < 25; i++) await aReport({ ...its, at: on("2026-08-04") }, { title: `第${i + 1}件`, phone: "13800000000" });
  const late = await aReport({ ...its, at: on("2026-07-20") }, { title: "早就说过" });
  await addWord(town, on("2026-08-04"), { report: late.report, text: "还没人来", photos: [] });
  const door = aDoor(its);
  door.clock.at = morning("2026-08-05");
  const seen = new Set<string>();
  for (const officer of Object.values(cast)) {
    const cookie = await door.cookieOf(officer);
    const ask = async (to: string) => (await door.get(to, cookie)).text();
    for (const { says, to, count } of numbersOf(await ask("/office"))) {
      assert.equal(await rowsBehind(ask, to), count, `${officer.name}: ${says} → ${to}`);
      if (count > 0) seen.add(to.replace(/\?due.*/, "?due"));
    }
  }
  const counted = [
    "/office",
    "/office/inbox?status=added",
    "/office/inbox",
    "/office/callbacks",
    "/office/inbox?due",
    "/office?only=check",
    "/office?only=mine",
  ];
  for (const to of counted) assert.ok(seen.has(to), `${to} counted something`);
});

test("on a Friday what is due on Monday is due the next working day, in the figure, its list and its lamp", async (t) => {
  const its = await aTown(t);
  const { town, categories, villages } = its;
  const report = (title: string, at: Date) =>
    receiveReport(town, null, at, {
      ...ReceiveReport.parse({ title, category: categories.complaint, village: villages.dongtang }),
      channel: "web",
    });
  await town.db.updateTable("limits.category").set({ limit_unit: "working_day", first_reply_limit: 1 }).execute();
  await report("周四说的", on("2026-07-30"));
  await report("周五说的", on("2026-07-31"));
  await report("周五又说", on("2026-07-31"));
  const door = aDoor(its);
  door.clock.at = on("2026-07-31");
  const cookie = await door.cookieOf(its.cast.qianWen);
  const today = await (await door.get("/office", cookie)).text();
  assert.match(textOf(today), /0 首次答复超时 1 今天要答复 2 下一个工作日要答复/);
  assert.equal(today.match(/class="lamp amber"/g)?.length, 3);
  const next = numbersOf(today).find(({ says }) => says.includes("下一个工作日")) ?? assert.fail("no such figure");
  const list = await (await door.get(next.to, cookie)).text();
  await assertValid(list, next.to);
  assert.match(textOf(list), /只列应在 8月3日 周一 以前答复的。/);
  assert.doesNotMatch(textOf(list), /周四说的/);
  const [, first = ""] = /class="btn btn-primary" href="([^"]+)" data-key="KeyJ"/.exec(list) ?? [];
  assert.match(first, /dueBy=/, "whoever begins there goes on there");
  door.clock.at = on("2026-08-03");
  const monday = await (await door.get("/office", await door.cookieOf(its.cast.qianWen))).text();
  assert.match(textOf(monday), /1 首次答复超时 2 今天要答复 0 下一个工作日要答复/);
});

test("a report that waits says its door, its place and its kind; a problem its unit and its leaders", async (t) => {
  const its = await aTown(t);
  await aReport(its, { title: "路灯不亮", place: "小学门口" });
  const number = await aVerifiedProblem(its);
  await actOn(its, number, "post-notice", its.cast.qianWen, on("2026-08-04"));
  await aProblem(its, 0);
  const door = aDoor(its);
  door.clock.at = on("2026-08-04");
  const today = textOf(await (await door.get("/office", await door.cookieOf(its.cast.qianWen))).text());
  assert.match(today, /路灯不亮 网上 东塘村， 小学门口 投诉 7月28日 7月31日 周五 前应已回复 待分办/);
  assert.doesNotMatch(today, /路灯不亮 .*未交办/);
});
