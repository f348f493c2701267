import assert from "node:assert/strict";
import { test } from "node:test";
import { FIGURES, readFigures } from "#publication/figures";
import { TALLIES } from "#publication/follow-tallies";
import { countedUp } from "#test/counted-up";
import { aDoor, textOf } from "#test/door";
import { livingLedger } from "#test/living-ledger";
import { aTown } from "#test/town";

test("the figures say too few to compare below ten entries, and each opens onto what it counts", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  const door = aDoor(t);
  const page = await (await door.get("/figures")).text();
  assert.match(textOf(page), /解决率 太少，不作比较/);
  assert.match(textOf(page), /次回访到销号时没有回答/);
  assert.doesNotMatch(page, /<img/);
  for (const figure of FIGURES) {
    assert.match(page, new RegExp(`href="/figures/${figure}"`));
    assert.equal((await door.get(`/figures/${figure}`)).status, 200);
  }
  assert.match(textOf(await (await door.get("/figures/on-time")).text()), /SL-2026-0001/);
});

test("a town that lowers the bar gets rates, drawn as a picture without script or style", async (context) => {
  const t = await aTown(context);
  await livingLedger(t);
  await countedUp(t.town);
  await t.town.db.updateTable("people.policy").set({ few_entries: 1 }).where("town", "=", t.town.id).execute();
  const door = aDoor(t);
  assert.match(textOf(await (await door.get("/figures")).text()), /解决率 \d+\.\d%/);
  for (const name of ["rates", "rates-narrow", "units", "units-narrow"]) {
    const response = await door.get(`/figures/charts/${name}.svg`);
    assert.equal(response.headers.get("content-type"), "image/svg+xml; charset=utf-8");
    const svg = await response.text();
    assert.match(svg, /^<svg[\s\S]*<path/);
    assert.doesNotMatch(svg, /style=|<style|<script/);
  }
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
    assert.match(await said(path), new RegExp(`截至 7月28日 10:58 · 公开日志前 ${leaves - 2} 条，后面 2 条还没有数进来`), path);
});

test("an unknown figure, chart or page of one is not found or not understood", async (context) => {
  const t = await aTown(context);
  const door = aDoor(t);
  assert.equal((await door.get("/figures/ranking")).status, 404);
  assert.equal((await door.get("/figures/charts/ranking.svg")).status, 404);
  assert.equal((await door.get("/figures/claim?before=x")).status, 400);
  assert.equal((await door.get("/figures/relapse?before=20260000001")).status, 400);
});
