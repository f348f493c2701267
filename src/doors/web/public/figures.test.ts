import assert from "node:assert/strict";
import { test } from "node:test";
import { FIGURES, readFigures } from "#publication/figures";
import { TALLIES } from "#publication/follow-tallies";
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
  await t.town.db.updateTable("log.cursor").set({ position: leaves - 2 }).where("follower", "=", TALLIES.name).execute();
  for (const path of ["/", "/figures"])
    assert.match(await said(path), new RegExp(`截至 7月28日 10:58 · 公开日志前 ${leaves - 2} 条 ，后面 2 条还没有数进来`), path);
});

test("an unknown figure or page of one is not found or not understood", async (context) => {
  const t = await aTown(context);
  const door = aDoor(t);
  assert.equal((await door.get("/figures/ranking")).status, 404);
  assert.equal((await door.get("/figures/claim?before=x")).status, 400);
  assert.equal((await door.get("/figures/relapse?before=20260000001")).status, 400);
});
