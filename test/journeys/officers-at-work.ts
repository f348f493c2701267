import { aSession } from "#test/session";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { assertAccessible, assertFits } from "./house.ts";

/** Where a journey stands: the house, the town, and the clock that is moved from day to day. */
export type Stage = { readonly town: Town; readonly house: { readonly origin: string; readonly clock: { now: Date } } };

/** The officer sits down at this page: a session begun now, as if the password had just been typed. */
export async function sitDown(stage: Stage, page: Page, officer: Officer): Promise<void> {
  const token = await aSession(stage.town, officer, stage.house.clock.now);
  await page.context().clearCookies();
  await page.context().addCookies([{ name: "session", value: token, url: stage.house.origin, httpOnly: true, sameSite: "Lax" }]);
}

/** Opens the desk of a problem with the form of one act, fills it in and sends it; the desk then says it was done. */
export async function doAct(stage: Stage, page: Page, number: string, act: string, fill: (page: Page) => Promise<void>): Promise<void> {
  await page.goto(`${stage.house.origin}/office/ledger/${number}?act=${act}`);
  await assertFits(page);
  await assertAccessible(page);
  await fill(page);
  await page.locator("#act form button.btn-primary").click();
  const answer = page.locator("[role=status], [role=alert]").first();
  await answer.waitFor();
  assert.match(page.url(), new RegExp(`done=${act}$`), await answer.innerText());
}

/** Why an act is not possible yet: it stands folded away. */
export async function reasonOf(stage: Stage, page: Page, number: string, act: string): Promise<string> {
  await page.goto(`${stage.house.origin}/office/ledger/${number}`);
  assert.equal(await page.locator(`form[action$="/${act}"]`).count(), 0);
  return (await page.locator(`#no-${act}`).textContent()) ?? "";
}
