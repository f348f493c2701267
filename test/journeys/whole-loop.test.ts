import assert from "node:assert/strict";
import { after, test } from "node:test";
import sharp from "sharp";
import { startOf } from "#platform/instant";
import { receiptCode } from "#intake/receipt-code";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { aTown } from "#test/town";
import { aHouse, aPage, assertAccessible, assertFits, closeBrowser, PHONE } from "./house.ts";
import { doAct, reasonOf, sitDown, type Stage } from "./officers-at-work.ts";

after(closeBrowser);

/** Nine in the morning of a day. */
const morning = (day: string) => new Date(startOf(day).getTime() + 9 * 3_600_000);

test("the whole loop: opened, assigned, rectified, checked, confirmed, shown, closed and looked at again by those who may", async (t) => {
  const { town, cast, units, categories, at } = await aTown(t);
  const house = await aHouse(t, town, at);
  const stage: Stage = { town, house };
  const report = await receiveReport(town, null, at, {
    ...ReceiveReport.parse({
      title: "垃圾房三天没人清",
      details: "夏天味道很大",
      category: categories.complaint,
      device: "a".repeat(32),
      channel: "web",
    }),
    channel: "web",
  });
  const page = await aPage(t);
  const photo = {
    name: "after.jpg",
    mimeType: "image/jpeg",
    buffer: await sharp({ create: { width: 320, height: 240, channels: 3, background: "#7a8b6f" } })
      .jpeg()
      .toBuffer(),
  };

  await sitDown(stage, page, cast.qianWen);
  await page.goto(`${house.origin}/office/inbox/${report.report}?act=open`);
  await assertAccessible(page);
  await page.locator("[name=title]").fill("城南垃圾房清运不及时，气味大");
  await page.locator("#acts ~ section button[type=submit], .act button[type=submit]").first().click();
  await page.waitForURL(/done=open/);
  const number = "SL-2026-0001";

  assert.match(await reasonOf(stage, page, number, "close"), /./, "an opened problem cannot be closed, and the page says why");
  await doAct(stage, page, number, "assign", async (page) => {
    await page.locator("#f-leaders").selectOption(cast.wangLu.id);
    await page.locator("[name=unit]").selectOption(units.sanitation);
    await page.locator("[name=measures]").fill("增加早班清运\n每周冲洗一次");
    await page.locator("[name=goal]").fill("六点前清完，无异味");
    await page.locator("[name=dueOn]").fill("2026-08-14");
  });

  await sitDown(stage, page, cast.wuJie);
  house.clock.now = morning("2026-07-30");
  await sitDown(stage, page, cast.wuJie);
  await doAct(stage, page, number, "record-progress", async (page) => {
    await page.locator("[name=note]").fill("早班车已经加派");
    await page.locator("[name=measuresDone]").first().check();
  });
  house.clock.now = morning("2026-08-03");
  await sitDown(stage, page, cast.wuJie);
  await page.goto(`${house.origin}/office/ledger/${number}?act=declare-rectified`);
  await page.locator("[name=done]").fill("清运正常");
  await page.locator("[name=measuresDone]").last().check();
  await page.locator("#act form button[type=submit]").click();
  assert.match(await page.locator("[role=alert]").innerText(), /整改后|照片|佐证/, "no rectification without an after photo");
  await doAct(stage, page, number, "declare-rectified", async (page) => {
    assert.ok(await page.locator("[name=measuresDone]").first().isChecked(), "what was ticked before stays so");
    await page.locator("[name=measuresDone]").last().check();
    await page.locator("[name=done]").fill("清运正常，每周冲洗");
    await page.locator("#f-new_photos").setInputFiles(photo);
  });
  await sitDown(stage, page, cast.wangLu);
  assert.match(await reasonOf(stage, page, number, "check"), /职责|责任领导/, "a leader cannot check their own problem");

  house.clock.now = morning("2026-08-04");
  await sitDown(stage, page, cast.fengZheng);
  await doAct(stage, page, number, "check", async (page) => {
    await page.locator("[name=manner][value=on_site]").check();
    await page.locator("[name=finding]").fill("早晨六点半到场，已清完");
    for (const seen of await page.locator("[name=measuresSeen]").all()) await seen.check();
  });

  await sitDown(stage, page, cast.qianWen);
  assert.match(await reasonOf(stage, page, number, "close"), /反映人|回答|回访/, "the reporter has not answered yet");
  const phone = await aPage(t, { ...PHONE, javaScriptEnabled: false });
  await phone.goto(`${house.origin}/track`);
  await phone.locator("[name=code]").fill(receiptCode(town.keys, report.report));
  await phone.locator("main form button.btn-primary").first().click();
  await assertFits(phone);
  await assertAccessible(phone);
  await phone.locator("[name=solved][value=yes]").check();
  await phone.locator("[name=satisfied][value=yes]").check();
  await phone.locator("form[action='/track/story/answer'] button[type=submit]").click();

  assert.match(await reasonOf(stage, page, number, "close"), /公示/, "no closing without a notice");
  await doAct(stage, page, number, "post-notice", async () => undefined);
  assert.match(await reasonOf(stage, page, number, "close"), /公示/, "no closing while the notice runs");

  await phone.goto(`${house.origin}/ledger/${number}`);
  await assertFits(phone);
  await assertAccessible(phone);
  await phone.locator(`form[action="/ledger/${number}/objections"] [name=reason]`).fill("周日没有清");
  await phone.locator(`form[action="/ledger/${number}/objections"] button[type=submit]`).click();
  house.clock.now = morning("2026-08-11");
  await sitDown(stage, page, cast.qianWen);
  assert.match(await reasonOf(stage, page, number, "close"), /异议/, "no closing while an objection is open");
  await sitDown(stage, page, cast.fengZheng);
  await doAct(stage, page, number, "decide-objection", async (page) => {
    await page.locator("[name=upheld][value=no]").check();
    await page.locator("[name=reason]").fill("周日改由晚班清运，现场核过");
  });

  await sitDown(stage, page, cast.qianWen);
  await doAct(stage, page, number, "close", async (page) => {
    await page.locator("[name=statement]").fill("现场复核通过，反映人满意，异议不成立");
  });
  await phone.goto(`${house.origin}/ledger/${number}`);
  assert.match(await phone.locator("main").innerText(), /已销号|销号/);
  await assertAccessible(phone);

  await sitDown(stage, page, cast.fengZheng);
  assert.match(await reasonOf(stage, page, number, "look-back"), /./, "too early to look back");
  house.clock.now = morning("2026-09-15");
  await sitDown(stage, page, cast.fengZheng);
  await doAct(stage, page, number, "look-back", async (page) => {
    await page.locator("[name=finding]").fill("三次暗访都已清完");
    await page.locator("[name=outcome][value=held]").check();
  });
  await phone.goto(`${house.origin}/ledger/${number}`);
  assert.match(await phone.locator("main").innerText(), /回头看/);
});
