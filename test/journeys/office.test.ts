import assert from "node:assert/strict";
import { after, test, type TestContext } from "node:test";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { aSession } from "#test/session";
import { aTown } from "#test/town";
import { aHouse, aPage, closeBrowser, PHONE } from "./house.ts";

after(closeBrowser);

async function anOffice(t: TestContext) {
  const its = await aTown(t);
  const what = ReceiveReport.parse({ title: "办证大厅中午没有人", category: its.categories.complaint, village: its.villages.dongtang });
  const { report } = await receiveReport(its.town, null, its.at, { ...what, channel: "web" });
  const house = await aHouse(t, its.town, its.at);
  const enter = async (who: keyof typeof its.cast, options: Parameters<typeof aPage>[1] = {}) => {
    const page = await aPage(t, options);
    const token = await aSession(its.town, its.cast[who], its.at);
    await page.context().addCookies([{ name: "session", value: token, url: house.origin }]);
    return page;
  };
  return { ...its, report, house, enter };
}

test("a call is registered by keyboard alone", async (t) => {
  const { house, enter } = await anOffice(t);
  const page = await enter("qianWen");
  await page.goto(`${house.origin}/office/calls/new`);
  await page.keyboard.type("桥头护栏松动");
  await page.keyboard.press("Tab");
  await page.keyboard.type("东边第三根");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  for (const _ of ["village", "place", "look for similar", "name", "phone", "register"]) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".office-code");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/office/calls/new");
});

test("without a script, the menu opens on a phone and a report is answered", async (t) => {
  const { house, enter, report, town } = await anOffice(t);
  const page = await enter("qianWen", { ...PHONE, javaScriptEnabled: false });
  await page.goto(`${house.origin}/office`);
  await page.locator(".office-menu > summary").click();
  await page.locator(".office-menu").getByRole("link", { name: "来件" }).click();
  await page.getByRole("link", { name: "分办：办证大厅中午没有人" }).click();
  await page.getByRole("link", { name: "直接答复" }).click();
  await page.locator("#f-text").fill("窗口已经轮班");
  await page.getByRole("button", { name: "答复" }).click();
  await page.waitForSelector("[role=status]");
  const { status } = await town.db.selectFrom("intake.report").select("status").where("id", "=", report).executeTakeFirstOrThrow();
  assert.equal(status, "answered");
});
