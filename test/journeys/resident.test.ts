import assert from "node:assert/strict";
import { after, test } from "node:test";
import { AcceptByOpening, acceptReport } from "#intake/accept-report";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { assignProblem } from "#ledger/assign-problem";
import { aTown } from "#test/town";
import { aHouse, aPage, assertAccessible, assertFits, closeBrowser, PHONE } from "./house.ts";
import { sitDown } from "./officers-at-work.ts";

after(closeBrowser);

for (const [lang, locale] of [
  ["zh", "zh-CN"],
  ["en", "en-GB"],
] as const) {
  test(`a resident reports on a phone without JavaScript and follows the code (${lang})`, async (t) => {
    const { town, at, villages } = await aTown(t);
    const { origin } = await aHouse(t, town, at);
    const page = await aPage(t, { ...PHONE, javaScriptEnabled: false, locale });
    const look = async () => {
      await assertFits(page);
      await assertAccessible(page);
    };
    const go = () => page.locator("main :is(form button, button[form]).btn-primary").first().click();

    await page.goto(origin);
    await look();
    await page.locator('.masthead a[href="/report"]').first().click();
    await look();
    await go();
    assert.match(await page.title(), /^(错误：|Error: )/, "an empty form says what is missing");
    await look();
    await page.locator("[name=title]").fill("东塘村口路灯三天不亮");
    await page.locator("[name=details]").fill("晚上老人走路看不清，已经有人摔倒。");
    await page.locator("[name=category]").first().check();
    await go();
    await look();
    await page.locator("[name=village]").selectOption(villages.dongtang);
    await page.locator("[name=place]").fill("村口小桥边");
    await go();
    await look();
    await page.locator("button[value=next], button[value=skip]").first().click();
    await look();
    await page.locator("[name=phone]").fill("13800000000");
    await page.locator("button[value=next]").click();
    await look();
    assert.match(await page.locator("main").innerText(), /东塘村口路灯三天不亮/);
    await page.locator('form[action="/report/check"] button.btn-primary').click();
    await look();
    const code = (await page.locator(".receipt-code").innerText()).trim();
    assert.match(code, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);

    await page.context().clearCookies();
    await page.goto(`${origin}/track`);
    await look();
    await page.locator("[name=code]").fill(code.toLowerCase().replace("-", " "));
    await go();
    await look();
    assert.match(await page.locator("main").innerText(), /晚上老人走路看不清/);
    assert.ok(!page.url().includes(code.slice(0, 5)), "the code stands in no address");
  });
}

test("a link as title, place, measure and goal, and names without a space, make no page wider than its screen", async (t) => {
  const { town, at, cast, units, categories, villages } = await aTown(t);
  const link = `https://map.example/share?at=${"0123456789abcdef".repeat(9)}`;
  const where = { title: link, details: link, place: link, category: categories.complaint, village: villages.dongtang };
  const said = { ...ReceiveReport.parse(where), channel: "web" as const };
  const [waiting, joined] = [await receiveReport(town, null, at, said), await receiveReport(town, null, at, said)];
  const { problem } = await acceptReport(town, cast.qianWen, at, AcceptByOpening.parse({ ...where, report: joined.report }));
  const answerable = { leaders: [cast.wangLu.id], unit: units.sanitation, measures: [link], goal: link, dueOn: "2026-08-05" };
  await assignProblem(town, cast.zhengShang, at, { problem, version: 1, ...answerable });
  const name = { name_zh: "村".concat("x".repeat(39)) };
  await town.db.updateTable("people.unit").set(name).where("id", "=", units.sanitation).execute();
  await town.db.updateTable("people.village").set(name).where("id", "=", villages.dongtang).execute();
  await town.db
    .updateTable("people.officer")
    .set({ name: "x".repeat(40) })
    .where("id", "=", cast.wangLu.id)
    .execute();
  const house = await aHouse(t, town, at);
  const page = await aPage(t, PHONE);
  const look = async (path: string) => {
    await page.goto(house.origin + path);
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      await assertFits(page);
    }
  };
  for (const path of ["/", "/ledger", "/ledger/SL-2026-0001", "/figures"]) await look(path);
  await page.goto(`${house.origin}/track`);
  await page.locator("[name=code]").fill(waiting.code);
  await page.locator("main form button.btn-primary").first().click();
  await assertFits(page);
  await sitDown({ town, house: { origin: house.origin, clock: house.clock } }, page, cast.qianWen);
  const numbered = "SL-2026-0001";
  const triage = `/office/inbox/${waiting.report}`;
  for (const path of [
    "/office",
    "/office/inbox",
    triage,
    `${triage}?act=join`,
    "/office/ledger",
    `/office/ledger/${numbered}`,
    "/office/people/units",
    "/office/people/villages",
  ])
    await look(path);
});
