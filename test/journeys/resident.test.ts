import assert from "node:assert/strict";
import { after, test } from "node:test";
import { aTown } from "#test/town";
import { aHouse, aPage, assertAccessible, assertFits, closeBrowser, PHONE } from "./house.ts";

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
    const go = () => page.locator("main form button.btn-primary").first().click();

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
