import assert from "node:assert/strict";
import { test } from "node:test";
import { receiveReport } from "#intake/receive-report";
import { showReceiptCode } from "#intake/receipt-code";
import { aTown, aTownBeside, type ATown } from "#test/town";
import { aProgram, aVisitor } from "#test/door";
import { receiptOf, receiptPath } from "./receipt-token.ts";
import { sealToken } from "./sealed-token.ts";

const HOUR_MS = 3_600_000;

async function aReport({ town, at, categories, villages }: Pick<ATown, "town" | "at" | "categories" | "villages">) {
  const what = {
    title: "路灯不亮",
    details: "",
    category: categories.help,
    village: villages.dongtang,
    place: "",
    lon: null,
    lat: null,
    photos: [],
    name: "某某",
    phone: "13800000000",
    email: "",
    wechat: "",
    address: "",
    device: "d",
    channel: "web" as const,
  };
  return receiveReport(town, null, at, what);
}

test("a receipt shows the code, the day of the first reply, and what happens next", async (t) => {
  const here = await aTown(t);
  const { report, code } = await aReport(here);
  const visitor = aVisitor(aProgram(here.town).app);
  const path = receiptPath(here.town, here.at, { report, folded: false });
  const page = await visitor.get(path);
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(showReceiptCode(code)));
  assert.match(page.text, /<time datetime="2026-07-31">7月31日 周五<\/time>前/); // three working days after Tuesday 28 July
  assert.match(page.text, /解决了吗？/);
  assert.match(page.headers.get("cache-control") ?? "", /no-store/);
  assert.ok(!path.includes(code) && !path.includes(report));
});

test("the receipt can be saved as plain text, which says nothing of what was reported", async (t) => {
  const here = await aTown(t);
  const { report, code } = await aReport(here);
  const visitor = aVisitor(aProgram(here.town).app);
  const file = await visitor.get(`${receiptPath(here.town, here.at, { report, folded: false })}/receipt.txt`);
  assert.match(file.headers.get("content-type") ?? "", /^text\/plain; charset=utf-8/);
  assert.match(file.headers.get("content-disposition") ?? "", /^attachment/);
  assert.ok(file.text.includes(showReceiptCode(code)));
  assert.match(file.text, /2026-07-31/);
  assert.match(file.text, /https:\/\/ledger\.example\/track/);
  assert.doesNotMatch(file.text, /路灯|13800000000|某某/);
});

test("the receipt, on paper and as a file, says whom to call", async (t) => {
  const here = await aTown(t);
  await here.town.db.updateTable("people.town").set({ phone: "0000-1234567", hours: "周一至周五", directory_version: 900 }).execute();
  const { report } = await aReport(here);
  const visitor = aVisitor(aProgram(here.town).app);
  const path = receiptPath(here.town, here.at, { report, folded: false });
  assert.match((await visitor.get(path)).text, /也可以打电话 <a href="tel:00001234567">0000-1234567<\/a>/);
  assert.match((await visitor.get(`${path}/receipt.txt`)).text, /也可以打电话：0000-1234567 周一至周五/);
});

test("after an hour the page is gone and says how to go on", async (t) => {
  const here = await aTown(t);
  const { report, code } = await aReport(here);
  const { app, clock } = aProgram(here.town);
  const visitor = aVisitor(app);
  const path = receiptPath(here.town, here.at, { report, folded: false });
  clock.at = new Date(here.at.getTime() + HOUR_MS);
  const page = await visitor.get(path);
  assert.equal(page.status, 410);
  assert.match(page.text, /href="\/track"/);
  assert.ok(!page.text.includes(showReceiptCode(code)));
  assert.equal((await visitor.get(`${path}/receipt.txt`)).status, 410);
});

test("a token cannot be forged, changed, moved from another purpose, or brought from another town", async (t) => {
  const here = await aTown(t);
  const beside = await aTownBeside(here.town);
  const { report } = await aReport(here);
  const receipt = { report, folded: false };
  const path = receiptPath(here.town, here.at, receipt);
  const token = path.slice("/receipt/".length);
  assert.deepEqual(receiptOf(here.town, here.at, token), receipt);
  for (let at = 0; at < token.length; at++) {
    const changed = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
    const same = Buffer.from(changed, "base64url").equals(Buffer.from(token, "base64url")); // spare bits of the last character
    assert.ok(same || receiptOf(here.town, here.at, changed) === null, `position ${at}`);
  }
  assert.equal(receiptOf(beside.town, here.at, token), null);
  const story = sealToken(here.town, "story", new Date(here.at.getTime() + HOUR_MS), JSON.stringify(receipt));
  assert.equal(receiptOf(here.town, here.at, story), null);
  const visitor = aVisitor(aProgram(here.town).app);
  for (const forged of ["x", report, `${token}A`, "%00", "..%2f..%2fetc", Buffer.from(JSON.stringify(receipt)).toString("base64url")]) {
    assert.ok([404, 410].includes((await visitor.get(`/receipt/${forged}`)).status), forged);
  }
});
