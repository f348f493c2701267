import assert from "node:assert/strict";
import { test } from "node:test";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { isoWeek, weekAt, weekTyped } from "#office/week";
import { actOn, aProblem, aVerifiedProblem, answerAll, on } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { livingLedger } from "#test/living-ledger";
import { aTown, type ATown } from "#test/town";
import { assertValid } from "#test/valid-page";

/** A week with something of everything: sent back, not solved, extended, struck off, asked again and again. */
async function aBusyWeek(its: ATown) {
  const { town, cast, categories, villages } = its;
  const living = await livingLedger(its);
  const failed = await aProblem(its, 1);
  await actOn(its, failed, "assign", cast.zhengShang, on("2026-07-29"));
  await actOn(its, failed, "declare-rectified", cast.wuJie, on("2026-08-03"));
  await actOn(its, failed, "check", cast.fengZheng, on("2026-08-04"), { yes: false });
  const unsolved = await aVerifiedProblem(its);
  await answerAll(its, unsolved, on("2026-08-05"), "no");
  for (const day of ["2026-08-03", "2026-08-04", "2026-08-05"])
    await receiveReport(town, null, on(day), {
      ...ReceiveReport.parse({ title: `低保名单什么时候贴 ${day}`, category: categories.help, village: villages.xiling }),
      channel: "web",
    });
  return { ...living, failed, unsolved };
}

function numbersOn(page: string) {
  return [...page.matchAll(/<a\s[^>]*?href="(\/office\/monday\/[^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].map(([, href = "", inside = ""]) => ({
    href: href.replaceAll("&amp;", "&"),
    count: Number(/\d+/.exec(textOf(inside))?.[0] ?? "0"),
  }));
}

function linesOf(page: string): number {
  return (/<tbody>[\s\S]*?<\/tbody>/.exec(page)?.[0].match(/<tr>/g) ?? []).length;
}

test("a week is asked for as ISO 8601 writes it, or by any of its days", () => {
  assert.equal(weekTyped("2026-W48")?.from, "2026-11-23");
  assert.equal(weekTyped("2026-11-27")?.meetsOn, "2026-11-30");
  assert.equal(weekTyped("2026-W54"), null);
  assert.equal(weekTyped("2027-W01")?.from, "2027-01-04");
  assert.equal(weekTyped("2026-W53")?.to, "2027-01-03");
  for (const day of ["2025-12-29", "2026-01-01", "2027-01-03"]) {
    const week = weekTyped(day);
    assert.deepEqual(week === null ? null : weekTyped(isoWeek(week)), week, day);
  }
  assert.equal(weekAt("2026-11-30").from, "2026-11-23", "on Monday the week that is over");
  assert.equal(weekAt("2026-12-01").from, "2026-11-30");
});

test("every number of the Monday sheet opens exactly what it counts", async (t) => {
  const its = await aTown(t);
  await aBusyWeek(its);
  const door = aDoor(its);
  door.clock.at = on("2026-08-06");
  const cookie = await door.cookieOf(its.cast.zhaoShu);
  const open = async (path: string) => {
    const response = await door.get(path, cookie);
    assert.equal(response.status, 200, path);
    return response.text();
  };
  for (const path of ["/office/monday", "/office/monday?week=2026-W31", "/office"]) {
    const page = await open(path);
    await assertValid(page, path);
    const numbers = numbersOn(page);
    assert.ok(numbers.length >= 6, path);
    for (const { href, count } of numbers) assert.equal(linesOf(await open(href)), count, `${path} ${href}`);
  }
});

test("the sheet says what came back, what was not solved, what is late and what is asked again", async (t) => {
  const its = await aTown(t);
  const { window, failed, unsolved } = await aBusyWeek(its);
  const door = aDoor(its);
  door.clock.at = on("2026-08-06");
  const page = await (await door.get("/office/monday", await door.cookieOf(its.cast.zhengShang))).text();
  const linked = (name: string) => numbersOn(page).find(({ href }) => href.startsWith(`/office/monday/${name}?`))?.count;
  assert.equal(linked("came-back"), 1);
  assert.equal(linked("no-answers"), 1);
  assert.equal(linked("asked"), 3);
  const late = /<section[^>]*sheet-due[\s\S]*?<\/section>/.exec(page)?.[0] ?? "";
  assert.match(late, new RegExp(`href="/office/ledger/${window.number}"[\\s\\S]*王路`));
  assert.match(/<section[^>]*sheet-back[\s\S]*?<\/section>/.exec(page)?.[0] ?? "", new RegExp(failed));
  assert.match(/<section[^>]*sheet-waits[\s\S]*?<\/section>/.exec(page)?.[0] ?? "", new RegExp(`${unsolved}[\\s\\S]*待处理“未解决”`));
});

test("what was in hand last Monday is what is in hand now without what moved since", async (t) => {
  const its = await aTown(t);
  await livingLedger(its);
  const door = aDoor(its);
  const inHand = async () => {
    const page = await (await door.get("/office/monday", await door.cookieOf(its.cast.zhengShang))).text();
    return textOf(/<dt>在办<\/dt>\s*<dd>[\s\S]*?<\/dd>/.exec(page)?.[0] ?? "");
  };
  const [, now = ""] = /在办\s*(\d+)/.exec(await inHand()) ?? [];
  await aProblem(its, 1, on("2026-08-04"));
  door.clock.at = on("2026-08-05");
  assert.match(await inHand(), new RegExp(`在办\\s*${Number(now) + 1}\\s*上周 ${now}`));
});

test("an earlier sheet tells what happened and claims nothing of what was in hand", async (t) => {
  const its = await aTown(t);
  await aBusyWeek(its);
  const door = aDoor(its);
  door.clock.at = on("2026-08-20");
  const page = await (await door.get("/office/monday?week=2026-08-04", await door.cookieOf(its.cast.zhaoShu))).text();
  assert.doesNotMatch(page, /<dt>在办/);
  assert.match(textOf(page), /退回来的\s*1/);
});

test("the sheet is the office's and the secretary's", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  for (const officer of [its.cast.wangLu, its.cast.wuJie, its.cast.fengZheng, its.cast.zhouXi, its.cast.shenJi])
    assert.equal((await door.get("/office/monday", await door.cookieOf(officer))).status, 403, officer.name);
});
