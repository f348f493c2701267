import assert from "node:assert/strict";
import { after, test } from "node:test";
import { en } from "#words/en/index";
import { aTown } from "#test/town";
import { aHouse, aPage, assertAccessible, closeBrowser } from "./house.ts";
import { sitDown } from "./officers-at-work.ts";

after(closeBrowser);

const LONGEST = Object.values(en.office.calls.spelling).reduce((one, other) => (other.length > one.length ? other : one));

/** By how much the code as it is read out is wider than the screen, were it spelt in the longest of the words and set in a wide font. */
const WIDEST = `(() => {
  for (const spelt of document.querySelectorAll(".office-spelt span")) spelt.textContent = ${JSON.stringify(LONGEST)};
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { letter-spacing: 0.06em; }");
  document.adoptedStyleSheets.push(sheet);
  const { scrollWidth, clientWidth } = document.documentElement;
  document.adoptedStyleSheets.pop();
  return scrollWidth - clientWidth;
})()`;

test("a clerk takes down a call by keyboard alone and reads out the code", async (t) => {
  const { town, cast, at } = await aTown(t);
  const house = await aHouse(t, town, at);
  const page = await aPage(t);
  await sitDown({ town, house }, page, cast.qianWen);
  await page.goto(`${house.origin}/office/calls/new`);
  await assertAccessible(page);
  assert.equal(await page.evaluate("document.activeElement.id"), "f-title", "the first field has the focus");
  const keys = page.keyboard;
  await keys.type("西岭村水压不够，二楼没有水");
  await keys.press("Tab");
  await keys.type("早晚都这样");
  await keys.press("Tab");
  await keys.press("ArrowDown");
  await keys.press("ArrowDown");
  for (let tabs = 0; tabs < 12 && (await page.evaluate("document.activeElement.name")) !== "phone"; tabs += 1) await keys.press("Tab");
  await keys.type("13900000000");
  await keys.press("Tab");
  await keys.press("Enter");
  await page.locator(".office-code").waitFor();
  assert.match(await page.locator(".office-code").innerText(), /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/);
  await assertAccessible(page);
  const wide = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.evaluate(WIDEST), 0, "whatever the code, it is read out from a phone too");
  await page.setViewportSize(wide);
  await keys.press("Enter");
  await page.waitForURL(/calls\/new/);
  const [row] = await town.db.selectFrom("intake.report").select(["channel", "title"]).where("town", "=", town.id).execute();
  assert.deepEqual(row, { channel: "phone", title: "西岭村水压不够，二楼没有水" });
});
