import assert from "node:assert/strict";
import { test } from "node:test";
import { FIGURES, readFigures } from "#publication/figures";
import { TALLIES } from "#publication/follow-tallies";
import { actOn, aProblem, on } from "#test/desk";
import { countedUp } from "#test/counted-up";
import { aDoor, textOf } from "#test/door";
import { livingLedger } from "#test/living-ledger";
import { aTown } from "#test/town";

test("below ten entries counts stand in place of rates, why is said once, and each opens onto what it counts", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  const door = aDoor(t);
  const page = await (await door.get("/figures")).text();
  assert.match(textOf(page), /解决率 \d \/ \d 回答/);
  assert.match(textOf(page), /次回访到销号时没有回答/);
  const [cards = "", units = "", campaigns = ""] = page.split("<h2>");
  for (const part of [cards, units, campaigns]) assert.equal(part.match(/不足 10 件太少/g)?.length, 1);
  assert.match(units, /<td data-label="解决率">\s*<a href="[^"]+">\s*<span class="mist">\d \/ \d<\/span>/);
  for (const figure of FIGURES) {
    assert.match(page, new RegExp(`href="/figures/${figure}"`));
    assert.equal((await door.get(`/figures/${figure}`)).status, 200);
  }
  assert.match(textOf(await (await door.get("/figures/on-time")).text()), /SL-2026-0001/);
});

test("a town that lowers the bar gets rates", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  await t.town.db.updateTable("people.policy").set({ few_entries: 1 }).where("town", "=", t.town.id).execute();
  assert.match(textOf(await (await aDoor(t).get("/figures")).text()), /解决率 \d+\.\d% \d \/ \d 回答/);
});

test("what figures are of is said to the minute and by the leaf, and what they do not count yet", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  const door = aDoor(t);
  door.clock.at = new Date("2026-07-28T10:57:31+08:00");
  const { leaves } = await readFigures(t.town, "2026-07-28");
  assert.ok(leaves > 20);
  const said = async (path: string) => textOf(await (await door.get(path)).text());
  for (const path of ["/", "/figures"]) {
    assert.match(await said(path), new RegExp(`截至 7月28日 10:57 · 公开日志前 ${leaves} 条`), path);
    assert.doesNotMatch(await said(path), /还没有数进来/);
  }
  door.clock.at = new Date("2026-07-28T10:58:00+08:00");
  await t.town.db
    .updateTable("log.cursor")
    .set({ position: leaves - 2 })
    .where("follower", "=", TALLIES.name)
    .execute();
  for (const path of ["/", "/figures"])
    assert.match(await said(path), new RegExp(`截至 7月28日 10:58 · 公开日志前 ${leaves - 2} 条 ，后面 2 条还没有数进来`), path);
});

test("an opened figure shows its value, its sum, what it leaves out, a line to cite it by, and comes as a table", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  const dismissed = await aProblem(t);
  await actOn(t, dismissed, "propose-dismissal", t.cast.zhengShang, on("2026-08-03"));
  await actOn(t, dismissed, "decide-dismissal", t.cast.qianWen, on("2026-08-03"));
  await countedUp(t.town);
  await t.town.db.updateTable("people.policy").set({ few_entries: 1 }).where("town", "=", t.town.id).execute();
  const door = aDoor(t);
  door.clock.at = new Date("2026-08-04T10:57:31+08:00");
  const { leaves, town: set } = await readFigures(t.town, "2026-08-04");
  const page = await (await door.get("/figures/on-time")).text();
  const { counted, of } = set["on-time"];
  const value = `${((100 * counted) / of).toFixed(1)}% = ${counted} ÷ ${of}`;
  assert.ok(counted > 0 && of > counted);
  assert.ok(textOf(page).includes(`按时办结率 ${value} 按时整改 ÷ 时限已过`));
  assert.match(textOf(page), new RegExp(`合计 ${counted} / ${of} `));
  assert.match(page, /<a class="in-line" href="\/ledger\?status=dismissed">不予办理的 1 件/);
  assert.match(page, /<th scope="col">最初时限<\/th>/);
  const cited = `示例镇整改台账，按时办结率：${value}，截至2026年8月4日 周二 10:57，公开日志前 ${leaves} 条，http://localhost:3000/figures/on-time`;
  assert.equal(/引用这个数字：\s*(.*?on-time)/.exec(textOf(page))?.[1], cited);
  assert.ok(page.includes(`data-text="${cited}"`));
  assert.match(
    textOf(await (await door.get("/figures/satisfaction")).text()),
    /没有数进来的： ?到销号没有回答的回访 \d 次 ?、 ?不予办理的 1 件/,
  );

  const file = await door.get("/figures/on-time/entries.csv");
  assert.match(file.headers.get("content-disposition") ?? "", /filename="on-time-2026-08-04\.csv"/);
  const [head = "", ...rows] = (await file.text()).trim().split("\r\n");
  assert.match(head, /"哪一件","怎么啦","单位","最初时限","整改","按时整改","时限已过","时限推迟过"$/);
  assert.equal(rows.length, of);
  assert.equal(rows.filter((row) => /,1,1,"[^"]*"$/.test(row)).length, counted);
  assert.equal((await door.get("/figures/ranking/entries.csv")).status, 404);
});

test("an unknown figure or page of one is not found or not understood", async (context) => {
  const t = await aTown(context);
  const door = aDoor(t);
  assert.equal((await door.get("/figures/ranking")).status, 404);
  assert.equal((await door.get("/figures/claim?before=x")).status, 400);
  assert.equal((await door.get("/figures/relapse?before=20260000001")).status, 400);
  assert.equal((await door.get(`/figures/response?unit=${t.units.rural}`)).status, 400, "a report is nobody's until it is a problem");
});
