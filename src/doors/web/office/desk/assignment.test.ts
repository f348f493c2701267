import assert from "node:assert/strict";
import { test } from "node:test";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";

test("a hazard keeps its limit in a campaign of months; beyond it the form says the day, the rule and the way", async (t) => {
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

test("an assignment names everything that is missing at once, refuses one leader twice, and proposes the leader's unit", async (t) => {
  const its = await aTown(t);
  const { town, cast, units, at, categories } = its;
  const { problem, number } = await openProblem(
    town,
    cast.qianWen,
    at,
    OpenProblem.parse({ title: "路灯不亮", category: categories.complaint }),
  );
  const door = aDoor(its);
  const cookie = await door.cookieOf(cast.qianWen);
  const send = async (typed: readonly (readonly [string, string])[]) => {
    const answer = await door.post(`/office/ledger/${number}/assign`, [["problem", problem], ["version", "1"], ...typed], cookie);
    return { answer, page: await answer.text() };
  };
  const empty = await send([]);
  assert.equal(empty.answer.status, 422);
  for (const field of ["leaders", "unit", "measures", "goal", "dueOn"]) assert.ok(empty.page.includes(`href="#f-${field}"`), field);
  const twice = [
    ["leaders", cast.wangLu.id],
    ["leaders", cast.wangLu.id],
    ["measures", "换灯"],
    ["goal", "夜里都亮"],
    ["dueOn", "2026-08-10"],
  ] as const;
  const { answer, page } = await send(twice);
  assert.equal(answer.status, 422);
  assert.match(page, /id="e-leaders-2">两位责任领导选了同一个人/);
  assert.match(page, />\s*换灯<\/textarea>/);
  assert.match(page, new RegExp(`<option[^>]* value="${cast.wangLu.unit}" selected>`), "the leader's own unit is proposed");
  assert.match(textOf(page), /先填上了责任领导所在的便民服务中心，请核对/);
  const elsewhere = await send([...twice.slice(1), ["unit", units.ecology]]);
  assert.equal(elsewhere.answer.status, 303, textOf(elsewhere.page));
  const desk = textOf(await (await door.get(elsewhere.answer.headers.get("location") ?? "", cookie)).text());
  assert.match(desk, /责任单位不是责任领导所在的单位/);
});
