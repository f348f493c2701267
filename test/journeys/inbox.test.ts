import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { findReport } from "#intake/queries";
import type { ReportStatus } from "#intake/report";
import { aProblem } from "#test/desk";
import { aSession } from "#test/session";
import { aReport } from "#test/inbox";
import { aTown } from "#test/town";
import { aHouse, aPage, assertAccessible, closeBrowser, PHONE } from "./house.ts";

after(closeBrowser);

/** What is decided of every five reports: the key of the act, what is typed after it, what becomes of the report. */
const DECIDED = [
  ["2", [], "accepted"],
  ["3", ["已经修好，请再看看"], "answered"],
  ["1", ["SL-2026-0001"], "accepted"],
  ["4", ["县供电公司", "归他们管"], "referred"],
  ["5", ["不归本镇管"], "declined"],
] as const satisfies readonly (readonly [string, readonly string[], ReportStatus])[];

const MATTERS = ["东桥头路灯", "南坡的水管", "集市上的摊位", "高压线的塔", "邻县的班车"];

test("thirty mixed reports by keyboard, in three page loads each at most; one is undone by a key", async (t) => {
  const its = await aTown(t);
  const reports: string[] = [];
  for (let i = 0; i < 30; i++) {
    const at = new Date(its.at.getTime() + i * 60_000);
    const details = `第${i + 1}次说起`;
    reports.push((await aReport({ ...its, at }, { title: `${MATTERS[i % 5] ?? ""}，第${i + 1}件`, details })).report);
  }
  const { page, origin } = await aClerk(t, its);
  await page.goto(`${origin}/office/inbox`);
  await assertAccessible(page);
  const loads = countLoads(page);
  await led(page, () => page.keyboard.press("j"));
  for (const [i, report] of reports.entries()) {
    assert.ok(page.url().includes(`/office/inbox/${report}`), `the ${i + 1}th is open`);
    const [key, typed] = DECIDED[i % 5] ?? DECIDED[0];
    await decide(page, key, typed);
    if (i === 0) await assertAccessible(page);
  }
  const count = loads();
  t.diagnostic(`${count} page loads for 30 reports`);
  assert.ok(count <= 90, `${count} page loads`);
  assert.match(page.url(), /\/office\/inbox\?done=decline/);
  for (const [i, report] of reports.entries()) assert.equal((await findReport(its.town, report))?.status, DECIDED[i % 5]?.[2], `${i + 1}`);
  await led(page, () => page.keyboard.press("u"));
  assert.equal((await findReport(its.town, reports.at(-1) ?? ""))?.status, "received");
});

test("keys turn, search and explain themselves, type inside fields, and are not needed on a phone without a script", async (t) => {
  const its = await aTown(t);
  const [first, second] = [
    (await aReport(its)).report,
    (await aReport({ ...its, at: new Date(its.at.getTime() + 60_000) }, { title: "水管" })).report,
  ];
  const { page, origin, cookie } = await aClerk(t, its);
  await page.goto(`${origin}/office/inbox/${first}?act=answer#acts`);
  await page.waitForFunction("document.activeElement.id === 'f-text'");
  await page.keyboard.type("j15u");
  assert.equal(await page.locator("#f-text").inputValue(), "j15u", "inside a field a key only types");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Slash");
  await page.getByText("离开输入框").waitFor();
  await assertAccessible(page);
  await page.keyboard.press("j");
  await page.waitForURL(new RegExp(second));
  await page.keyboard.press("k");
  await page.waitForURL(new RegExp(first));
  await page.keyboard.press("/");
  await page.waitForURL(/\/office\/inbox#f-q/);
  await page.waitForFunction("document.activeElement.id === 'f-q'");

  const phone = await aPage(t, { ...PHONE, javaScriptEnabled: false });
  await phone.context().addCookies([cookie]);
  await phone.goto(`${origin}/office/inbox`);
  await assertAccessible(phone);
  await phone.getByRole("link", { name: "从最前一件办起" }).click();
  await phone.getByRole("link", { name: "直接答复" }).click();
  await phone.locator("#f-text").fill("已经修好");
  await phone.locator("#act button[type=submit]").click();
  await phone.waitForURL(new RegExp(`${second}.*done=answer`));
  await assertAccessible(phone);
  assert.equal(await phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0);
  await phone.getByRole("button", { name: "撤销" }).click();
  await phone.waitForURL(new RegExp(`${first}.*done=take-back`));
});

test("the key e opens the category; lists are chosen from by number or first letters, also while an input method composes", async (t) => {
  const its = await aTown(t);
  const { report } = await aReport(its);
  const { page, origin } = await aClerk(t, its);
  await page.goto(`${origin}/office/inbox/${report}`);
  await led(page, () => page.keyboard.press("e"));
  await page.waitForFunction("document.activeElement.id === 'f-category'");
  const offered = await page.locator("#f-category option").allInnerTexts();
  const [, number = "", name = ""] = /^(\d+) (.+)/.exec(offered.at(-1) ?? "") ?? [];
  const chosen = (list: string) => page.locator(`${list} option:checked`).innerText();
  await page.keyboard.press(`Digit${number}`);
  assert.equal(await chosen("#f-category"), `${number} ${name}`);

  await page.goto(`${origin}/office/calls/new`);
  const composed = { key: "Process", code: `Numpad${number}`, isComposing: true, bubbles: true, cancelable: true };
  await page.locator("#f-category").dispatchEvent("keydown", composed);
  assert.equal(await chosen("#f-category"), `${number} ${name}`, "one number in every form");
  await page.locator("#f-village").focus();
  const village = page.locator("#f-village option[data-initials]").last();
  await page.keyboard.type((await village.getAttribute("data-initials")) ?? "");
  assert.equal(await chosen("#f-village"), await village.innerText());
  await page.keyboard.press("Digit1");
  assert.match(await chosen("#f-village"), /^1 /);
});

test("what was typed stands there again after another act, a link or a turn; once done, or signed out, nothing is kept", async (t) => {
  const its = await aTown(t);
  const { report } = await aReport(its, { name: "某反映人", phone: "13800000000" });
  const { page, origin } = await aClerk(t, its);
  const kept = () => page.evaluate<string>("JSON.stringify(localStorage)");
  await page.goto(`${origin}/office/inbox/${report}?act=answer#acts`);
  await page.locator("#f-text").fill("写了一半的答复");
  await led(page, () => page.getByRole("link", { name: "不予受理" }).click());
  assert.equal(await page.locator("#f-reason").inputValue(), "");
  await led(page, () => page.locator(".office-side").getByRole("link", { name: "台账" }).click());
  await page.goto(`${origin}/office/inbox/${report}?act=answer`);
  assert.equal(await page.locator("#f-text").inputValue(), "写了一半的答复");
  await page.goto(`${origin}/office/inbox/${report}?act=identity`);
  await page.locator("#f-reason").fill("回电问清楚");
  assert.doesNotMatch(await kept(), /问清楚|%E9%97%AE/, "nothing that an identity is looked at for");
  await page.goto(`${origin}/office/inbox/${report}?act=answer`);
  await led(page, () => page.locator("#act button[type=submit]").click());
  assert.doesNotMatch(await kept(), /office-draft/, "it is done");

  const second = await aReport(its, { title: "水管" });
  await page.goto(`${origin}/office/inbox/${second.report}?act=answer`);
  await page.locator("#f-text").fill("又写了一半");
  assert.match(await kept(), /office-draft/);
  await led(page, () => page.locator(".office-side").getByRole("button", { name: "退出" }).click());
  assert.doesNotMatch(await kept(), /office-draft/, "signed out");
});

test("what may be the same appears while a sentence is reworded, and beside a call on a wide screen", async (t) => {
  const its = await aTown(t);
  const number = await aProblem(its, 0);
  await its.town.db.updateTable("ledger.problem").set({ title: "桥头的护栏断了", village: its.villages.dongtang }).execute();
  const { report } = await aReport(its);
  const { page, origin } = await aClerk(t, its);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${origin}/office/inbox/${report}?act=open`);
  await page.locator("#f-title").fill("东塘桥头护栏松动");
  await page
    .locator("#act .similar")
    .getByRole("link", { name: `并入已有问题 ${number}` })
    .click();
  await page.waitForURL(`**/office/inbox/${report}?act=join&number=${number}#acts`);
  assert.equal(await page.locator("#f-number").inputValue(), number);
  await page.goto(`${origin}/office/calls/new`);
  await page.locator("#f-title").fill("东塘桥头护栏松动");
  await page.locator("#similar").waitFor();
  await assertAccessible(page);
  const [similar, title] = [await page.locator("#similar").boundingBox(), await page.locator("#f-title").boundingBox()];
  assert.ok((similar?.x ?? 0) >= (title?.x ?? 0) + (title?.width ?? 0), "nothing is pushed down by it");
});

async function aClerk(t: Parameters<typeof aPage>[0], { town, cast, at }: Awaited<ReturnType<typeof aTown>>) {
  const now = new Date(at.getTime() + 3_600_000);
  const { origin } = await aHouse(t, town, now);
  const cookie = { name: "session", value: await aSession(town, cast.qianWen, now), url: origin };
  const page = await aPage(t);
  await page.context().addCookies([cookie]);
  return { page, origin, cookie };
}

/** Pages that came, whoever asked for them: the browser or its script. */
function countLoads(page: Page): () => number {
  let count = 0;
  page.on("response", (response) => {
    if (response.status() === 200 && (response.headers()["content-type"] ?? "").startsWith("text/html")) count += 1;
  });
  return () => count;
}

/** Does what leads to another page, and waits until its script is there. */
async function led(page: Page, act: () => Promise<void>): Promise<void> {
  const here = page.url();
  await act();
  await page.waitForURL((url) => url.href !== here, { waitUntil: "load" });
  await page.waitForFunction("window.Turbo === undefined || document.readyState === 'complete'");
}

/** The key of the act, what is typed from field to field, and the button, by keyboard alone. */
async function decide(page: Page, key: string, typed: readonly string[]): Promise<void> {
  await led(page, () => page.keyboard.press(key));
  await page.waitForFunction("document.activeElement?.closest('#act') !== null");
  const focused = () => page.evaluate<string>("document.activeElement.type");
  for (const words of typed) {
    while ((await focused()) === "radio") await page.keyboard.press("Tab");
    await page.keyboard.type(words);
    await page.keyboard.press("Tab");
  }
  while ((await focused()) !== "submit") await page.keyboard.press("Tab");
  await led(page, () => page.keyboard.press("Enter"));
}
