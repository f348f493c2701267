import assert from "node:assert/strict";
import { test } from "node:test";
import { aTown } from "#test/town";
import { markNetwork, sweepNetworkMarks } from "./network-marks.ts";

test("where something came from is never kept as it is, tells nothing of another day, and goes with its own", async (t) => {
  const { town, at } = await aTown(t);
  const nextDay = new Date(at.getTime() + 86_400_000);
  const mark = (address: string, when = at, about = "a notice") => markNetwork(town, when, { act: "object", about, address }, 2);
  const kept = () => town.db.selectFrom("platform.network_mark").selectAll().execute();
  assert.ok(await mark("192.0.2.1"));
  assert.ok(await mark("192.0.2.77"));
  assert.ok(!(await mark("192.0.2.1")), "a third of one network");
  assert.ok(await mark("192.0.3.1"), "another network");
  assert.ok(await mark("192.0.2.1", at, "another notice"));
  assert.ok(await mark("192.0.2.1", nextDay));
  const rows = await kept();
  assert.equal(new Set(rows.map((row) => row.mark.toString("hex"))).size, 4);
  assert.doesNotMatch(rows.map((row) => row.mark.toString("latin1")).join(), /192\.0/);
  await sweepNetworkMarks(town, nextDay);
  assert.equal((await kept()).length, 1);
});
