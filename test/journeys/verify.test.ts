import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { newestCheckpoint } from "#proof/queries";
import { asScribe } from "#test/notary";
import { actOn, aProblem } from "#test/desk";
import { AT, aTown } from "#test/town";
import { aHouse, aPage, assertAccessible, closeBrowser } from "./house.ts";

after(closeBrowser);

async function aTownWithALog(context: TestContext, lang = "zh-CN") {
  const t = await aTown(context);
  const house = await aHouse(context, t.town, AT);
  const { notary, origin } = house.program;
  await nameLog(t.town, notary, origin);
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  await integrateEvents(t.town, asScribe(notary), AT);
  const folder = await mkdtemp(join(tmpdir(), "sanwen-receipts-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const page = await aPage(context, { locale: lang, viewport: { width: 360, height: 740 }, acceptDownloads: true });
  await page.goto(`${house.origin}/verify`);
  let files = 0;
  const checkFile = async (text: string) => {
    files += 1;
    const path = join(folder, `my-${files}.tlog-proof`);
    await writeFile(path, text);
    await page.setInputFiles("input[type=file]", path);
    return said(page, "receipt");
  };
  const receipt = async () => (await fetch(`${house.origin}/log/receipt/leaf/1.tlog-proof`)).text();
  return { ...t, house, notary, number, page, checkFile, receipt };
}

/** What the page says under one of its checks, once it says something new. */
async function said(page: Page, check: string): Promise<string> {
  const output = page.locator(`form[data-check="${check}"] output`);
  await page.waitForTimeout(200);
  await output.locator("b").waitFor();
  return output.innerText();
}

async function ask(page: Page, check: string, typed: string): Promise<string> {
  const form = page.locator(`form[data-check="${check}"]`);
  await form.locator("input[type=text], textarea").fill(typed);
  await form.locator("button").click();
  await page.waitForTimeout(400);
  return said(page, check);
}

test("a resident's proof file is checked in the browser, without the network, and every forgery of it is refused", async (context) => {
  const { page, checkFile, receipt, town } = await aTownWithALog(context);
  const honest = await receipt();
  await page.context().setOffline(true);
  const found = await checkFile(honest);
  assert.match(found, /^相符[\s\S]*2026年7月28日 09:00，交办 SL-2026-0001\s+打开这一条的页面/);
  assert.doesNotMatch(found, /verb/);
  await page.locator('form[data-check="receipt"] summary').click();
  assert.match(await page.locator('form[data-check="receipt"] pre').innerText(), /"verb": "problem.assigned"/);
  assert.equal(await page.locator('form[data-check="receipt"] output a').getAttribute("href"), "/log/leaf/1");
  const forgeries: readonly (readonly [string, RegExp])[] = [
    [honest.replace("index 1", "index 0"), /^不相符[\s\S]*对不上/],
    [honest.replace(/extra \S+/, `extra ${Buffer.from('{"verb":"problem.closed"}').toString("base64")}`), /^不相符[\s\S]*对不上/],
    [honest.replace(/\n2\n/, "\n3\n"), /^不相符/],
    [honest.replace(/(— \S+ \S{20})./u, "$1A"), /^不相符[\s\S]*公钥/],
    ["随便什么", /^读不懂这个文件[\s\S]*不是一份完整的凭证/],
  ];
  for (const [forged, verdict] of forgeries) assert.match(await checkFile(forged), verdict);
  assert.equal(town.id, "shili");
});

test("a problem's number and the lines on the notice board are checked against the log of today (en)", async (context) => {
  const { page, number, town, notary, house, ...t } = await aTownWithALog(context, "en");
  assert.match(await ask(page, "number", number.toLowerCase()), /^It matches[\s\S]*2$/);
  for (const short of ["1", "0001", "2026-0001"]) assert.match(await ask(page, "number", short), /^It matches[\s\S]*2$/, short);
  assert.match(await ask(page, "number", "SL-2026-0999"), /^It could not be checked[\s\S]*no such number/);
  const noticed = ((await newestCheckpoint(town))?.note ?? "").split("\n").slice(0, 3).join("\n");
  await aProblem({ ...t, town });
  await integrateEvents(town, asScribe(notary), AT);
  assert.match(await ask(page, "lines", noticed), /^It matches[\s\S]*Leaves today: ?\s*3/);
  const [origin, size, root = ""] = noticed.split("\n");
  const forked = [origin, size, Buffer.from(Buffer.from(root, "base64").map((byte) => byte ^ 1)).toString("base64")].join("\n");
  assert.match(await ask(page, "lines", forked), /^It does not match[\s\S]*History was changed/);
  await page.goto(`${house.origin}/verify#${encodeURIComponent(noticed)}`);
  await page.reload();
  assert.match(await said(page, "lines"), /^It matches/);
  await assertAccessible(page);
});

test("words that were rewritten behind the log are found in the browser", async (context) => {
  const { page, number, house, town } = await aTownWithALog(context);
  let rewritten = "";
  await page.route("**/log/problem/*.json", async (route) => {
    const answer = await (await fetch(route.request().url())).text();
    await route.fulfill({ body: answer.replace(rewritten, `${rewritten}！`), contentType: "application/json" });
  });
  const { title } = await town.db.selectFrom("ledger.problem").select("title").executeTakeFirstOrThrow();
  rewritten = title;
  assert.match(await ask(page, "number", number), /^不相符[\s\S]*承诺不符/);
  assert.equal((await fetch(`${house.origin}/log/notice`)).status, 200);
});

test("the whole log is hashed again in the browser; what is changed, dropped or moved on its way shows", async (context) => {
  const { page, house } = await aTownWithALog(context);
  const press = async () => {
    await page.locator('form[data-check="whole"] button').click();
    await page.waitForTimeout(400);
    return said(page, "whole");
  };
  assert.match(await press(), /^相符[\s\S]*2$/);
  const bundle = Buffer.from(await (await fetch(`${house.origin}/log/tile/entries/000.p/2`)).arrayBuffer());
  const first = 2 + bundle.readUInt16BE(0);
  const forgeries: readonly (readonly [string, Buffer, RegExp])[] = [
    ["changed", Buffer.from(bundle.toString("latin1").replace("problem.assigned", "problem.reminded"), "latin1"), /^不相符[\s\S]*第 ?\s*1/],
    ["dropped", bundle.subarray(0, first), /^不相符[\s\S]*第 ?\s*1/],
    ["reordered", Buffer.concat([bundle.subarray(first), bundle.subarray(0, first)]), /^不相符[\s\S]*第 ?\s*0/],
  ];
  for (const [what, body, verdict] of forgeries) {
    await page.route("**/log/tile/entries/**", (route) => route.fulfill({ body, contentType: "application/octet-stream" }));
    assert.match(await press(), verdict, what);
    await page.unroute("**/log/tile/entries/**");
  }
});
