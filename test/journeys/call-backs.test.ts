import assert from "node:assert/strict";
import { after, test } from "node:test";
import { listCallBacks } from "#office/call-backs";
import { aSession } from "#test/session";
import { aCallBack, morning } from "#test/call-back";
import { deskOf } from "#test/desk";
import { aTown } from "#test/town";
import { aHouse, aPage, assertAccessible, closeBrowser, PHONE } from "./house.ts";

after(closeBrowser);

/** What twelve reporters say when they are called: the key that is pressed, and their words. */
const SAID = [
  ["1", "亮了"],
  ["1", "老人敢走了"],
  ["2", "还有一盏不亮"],
  ["3", ""],
  ["1", ""],
  ["3", ""],
  ["2", "亮了两天又灭了"],
  ["1", "挺好"],
  ["1", ""],
  ["3", ""],
  ["1", "快得很"],
  ["2", "没人来过"],
] as const;

test("twelve call-backs by keyboard, one after another; by mouse and without a script on a phone too", async (t) => {
  const its = await aTown(t);
  const { town, cast } = its;
  const numbers = [];
  for (const [i] of SAID.entries()) numbers.push((await aCallBack(its, { phone: `138000000${String(i).padStart(2, "0")}` })).number);
  const at = morning("2026-08-05");
  const house = await aHouse(t, town, at);
  const session = await aSession(town, cast.qianWen, at);
  const cookie = { name: "session", value: session, url: house.origin };
  const page = await aPage(t);
  await page.context().addCookies([cookie]);
  await page.goto(`${house.origin}/office`);
  await page.locator(".office-side").getByRole("link", { name: "电话回访" }).click();
  await page.getByRole("button", { name: "从最急的问起" }).click();
  await page.waitForSelector(".call-read");
  await assertAccessible(page);
  for (const [key, words] of SAID.slice(0, -1)) {
    const here = page.url();
    await page.keyboard.press(key);
    if (words === "") await page.keyboard.press("Enter");
    else {
      await page.locator("#f-why").fill(words);
      await page.getByRole("button", { name: "记下，下一位" }).click();
    }
    await page.waitForURL((url) => url.href !== here);
    await page.waitForSelector(".call-read");
  }
  const phone = await aPage(t, { ...PHONE, javaScriptEnabled: false });
  await phone.context().addCookies([cookie]);
  await phone.goto(`${house.origin}/office/callbacks`);
  await phone.getByRole("button", { name: "从最急的问起" }).click();
  await assertAccessible(phone);
  assert.equal(await phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0);
  await phone.locator(".call-three").getByText("没解决").click();
  await phone.locator("#f-why").fill("没人来过");
  await phone.getByRole("button", { name: "记下，下一位" }).click();
  await phone.waitForSelector(".office-empty");
  assert.deepEqual(await listCallBacks(town, cast.qianWen, at), []);
  const outcomes = [];
  for (const number of numbers) {
    const [asked] = (await deskOf(its, number, at)).round.questions;
    outcomes.push(asked?.answer === null ? `${asked.attempts.length}` : `${String(asked?.answer.solved)} ${asked?.answer.why}`);
  }
  const expected = SAID.map(([key, words]) => (key === "3" ? "1" : `${String(key === "1")} ${words}`));
  assert.deepEqual(outcomes.toSorted(), expected.toSorted());
});
