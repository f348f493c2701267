import assert from "node:assert/strict";
import { after, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { AddStandardAnswer, addStandardAnswer } from "#limits/add-standard-answer";
import { nameReceivers } from "#limits/name-receivers";
import type { Officer } from "#people/officer";
import { aSession } from "#test/session";
import { act, aProblem, deskOf } from "#test/desk";
import { aReport } from "#test/inbox";
import { aTown, AT, type ATown } from "#test/town";
import { aHouse, aPage, assertAccessible, closeBrowser } from "./house.ts";

after(closeBrowser);

const NOTE = "草稿已留在这台电脑上";

async function anOfficer(t: TestContext, { town, at }: ATown, officer: Officer) {
  const now = new Date(at.getTime() + 3_600_000);
  const { origin } = await aHouse(t, town, now);
  const page = await aPage(t);
  await page.context().addCookies([{ name: "session", value: await aSession(town, officer, now), url: origin }]);
  const kept = () => page.evaluate<string>("JSON.stringify(localStorage)");
  return { page, origin, kept };
}

test("what was typed at the desk stands there again after another act, a note throws it away, and once done nothing is kept", async (t) => {
  const its = await aTown(t);
  const number = await aProblem(its);
  await act(its, await deskOf(its, number), "assign", its.cast.qianWen, AT);
  const { page, origin, kept } = await anOfficer(t, its, its.cast.wuJie);
  const desk = `${origin}/office/ledger/${number}?act=record-progress`;
  await page.goto(desk);
  const box = page.locator("#act textarea").first();
  const note = page.locator("#act").getByText(NOTE);
  assert.equal(await note.isVisible(), false);
  await box.fill("清了一半");
  await note.waitFor();
  await assertAccessible(page);
  await page.goto(`${origin}/office/ledger/${number}?act=ask-extension`);
  await page.goto(desk);
  assert.equal(await box.inputValue(), "清了一半");
  await page.getByRole("button", { name: "丢弃" }).click();
  assert.equal(await box.inputValue(), "");
  assert.doesNotMatch(await kept(), /office-draft/);

  await box.fill("清完了");
  await page.locator("#act button[type=submit]").first().click();
  await page.waitForURL(/done=record-progress/);
  assert.doesNotMatch(await kept(), /office-draft/, "it is done");
});

test("of a call the matter is kept and not who called, also where no answer came; signing out forgets all", async (t) => {
  const its = await aTown(t);
  const { page, origin, kept } = await anOfficer(t, its, its.cast.qianWen);
  await page.goto(`${origin}/office/calls/new`);
  await page.locator("#f-title").fill("桥头路灯不亮");
  await page.locator("#f-name").fill("赵铁山");
  await page.locator("#f-phone").fill("13800000000");
  assert.match(await kept(), /桥头路灯不亮/);
  assert.doesNotMatch(await kept(), /赵铁山|13800000000/);
  await page.route("**/office/calls/new", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await page.locator(".office-call .btn-primary").click();
  await page.waitForTimeout(200);
  await page.unroute("**/office/calls/new");
  await page.goto(`${origin}/office/calls/new`);
  assert.equal(await page.locator("#f-title").inputValue(), "桥头路灯不亮");
  await page.locator(".office-call .btn-primary").click();
  await page.locator(".office-code").waitFor();
  assert.doesNotMatch(await kept(), /office-draft/, "it is registered");

  await page.goto(`${origin}/office/calls/new`);
  await page.locator("#f-title").fill("又一件");
  assert.match(await kept(), /office-draft/);
  await page.locator(".office-side").getByRole("button", { name: "退出" }).click();
  await page.waitForURL((url) => !url.pathname.includes("calls"));
  assert.doesNotMatch(await kept(), /office-draft/, "signed out");
});

test("drafts go after three days, and are nobody else's", async (t) => {
  const its = await aTown(t);
  const { page, origin, kept } = await anOfficer(t, its, its.cast.qianWen);
  await page.goto(`${origin}/office/calls/new`);
  await page.locator("#f-title").fill("桥头路灯不亮");
  await page.evaluate(`for (const place of Object.keys(localStorage)) {
    const kept = JSON.parse(localStorage.getItem(place));
    localStorage.setItem(place, JSON.stringify({ ...kept, until: Date.now() - 1 }));
    localStorage.setItem("sanwen-office-draft/somebody-else/call", JSON.stringify({ ...kept, until: Date.now() + 60_000 }));
  }`);
  await page.goto(`${origin}/office/calls/new`);
  assert.equal(await page.locator("#f-title").inputValue(), "");
  assert.doesNotMatch(await kept(), /office-draft/);
});

test("of a sealed report no browser keeps a word", async (t) => {
  const its = await aTown(t);
  const { town, cast, at, categories } = its;
  const receivers = [cast.fengZheng.id];
  await nameReceivers(town, cast.zhouXi, at, { category: categories.wrongdoing, version: null, sealed: true, receivers });
  const { report } = await aReport(its, { category: categories.wrongdoing });
  const { page, origin, kept } = await anOfficer(t, its, cast.fengZheng);
  await page.goto(`${origin}/office/sealed/${report}`);
  const boxes = page.locator("main textarea");
  assert.ok((await boxes.count()) > 0);
  for (const box of await boxes.all()) if (await box.isVisible()) await box.fill("已经核实");
  assert.doesNotMatch(await kept(), /office-draft|已经核实/);
});

test("a key puts a standard answer where the caret is and marks what is still to be filled in", async (t) => {
  const its = await aTown(t);
  const { report } = await aReport(its);
  const what = { nameZh: "去窗口", text: "请到{窗口}，或打{电话}" };
  await addStandardAnswer(its.town, its.cast.zhouXi, its.at, AddStandardAnswer.parse(what));
  const { page, origin, kept } = await anOfficer(t, its, its.cast.qianWen);
  await page.goto(`${origin}/office/inbox/${report}?act=answer#acts`);
  await page.waitForFunction("document.activeElement.id === 'f-text'");
  await page.keyboard.type("您好。");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Digit1");
  assert.equal(await valueOf(page), "您好。\n请到{窗口}，或打{电话}");
  assert.equal(await page.evaluate("getSelection().toString()"), "{窗口}");
  assert.match(await kept(), /请到/);
  await page.keyboard.type("一楼");
  assert.equal(await valueOf(page), "您好。\n请到一楼，或打{电话}");
  await assertAccessible(page);
  await page.locator("#act .btn-primary").click();
  await page.getByText("还有未填的地方： {电话}").first().waitFor();
});

function valueOf(page: Page): Promise<string> {
  return page.locator("#f-text").inputValue();
}
