import assert from "node:assert/strict";
import { test } from "node:test";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";

test("a hazard keeps its own limit in a campaign that lasts for months; beyond it the form says the day, the rule and the way", async (t) => {
  const its = await aTown(t);
  const { town, cast, units, at, themes, campaign } = its;
  const hazard = town.db.selectFrom("limits.category").select("id").where("code", "=", "hazard");
  const { id: category } = await hazard.executeTakeFirstOrThrow();
  const opened = OpenProblem.parse({ title: "井盖松动", category, theme: themes.business });
  const { problem, number } = await openProblem(town, cast.qianWen, at, opened);
  const door = aDoor(its);
  const cookie = await door.cookieOf(cast.qianWen);
  const assign = `/office/ledger/${number}/assign`;
  const desk = async () => textOf(await (await door.get(`/office/ledger/${number}`, cookie)).text());
  assert.match(await desk(), /按类别时限，最晚 8月4日/, "five working days, though the campaign lasts until December");
  const plan = {
    problem,
    version: "1",
    leaders: cast.wangLu.id,
    unit: units.sanitation,
    measures: "换井盖",
    goal: "不再松动",
    dueOn: "2026-12-01",
  };
  const refused = await door.post(assign, plan, cookie);
  assert.equal(refused.status, 409);
  assert.match(textOf(await refused.text()), /按类别时限，最晚 8月4日[^。]*。请改早一些；确实办不完的，交办以后申请延期/);
  await town.db.updateTable("ledger.campaign").set({ finish_days: 3 }).where("id", "=", campaign).execute();
  assert.match(await desk(), /按活动要求，最晚 7月31日[^，]*，早于类别时限/);
  const sooner = await door.post(assign, { ...plan, dueOn: "2026-08-03" }, cookie);
  assert.match(textOf(await sooner.text()), /按活动要求，最晚 7月31日/);
  const bulk = [["problem", problem], [`version_${problem}`, "1"], ...Object.entries({ ...plan, dueOn: "2026-08-03" }).slice(2)] as const;
  const together = await door.post("/office/bulk/assign", bulk, cookie);
  assert.match(textOf(await together.text()), /按活动要求，最晚 7月31日[^。]*。请改早一些/);
});
