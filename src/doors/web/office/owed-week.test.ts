import assert from "node:assert/strict";
import { test } from "node:test";
import { actOn, aProblem, on } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

test("a leader sees by day what is owed this week, and is urged there until progress is recorded", async (t) => {
  const its = await aTown(t);
  const { cast } = its;
  const number = await aProblem(its);
  await actOn(its, number, "assign", cast.zhengShang, its.at);
  const { due_on: due } = await its.town.db
    .selectFrom("ledger.problem")
    .select("due_on")
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  const door = aDoor(its);
  const owed = async (officer: typeof cast.wangLu, day: string) => {
    door.clock.at = on(day);
    const page = await (await door.get("/office", await door.cookieOf(officer))).text();
    await assertValid(page, officer.name);
    return /<section[^>]*office-owed[\s\S]*?<\/section>/.exec(page)?.[0] ?? "";
  };
  const day = due ?? assert.fail("it has no due day");
  assert.match(textOf(await owed(cast.wangLu, day)), new RegExp(`这一周要办到的\\s*1 件\\s*王路 1 件[\\s\\S]*${number}`));
  assert.doesNotMatch(await owed(cast.wangLu, day), /催办/);
  await actOn(its, number, "remind", cast.zhengShang, on(day));
  for (const officer of [cast.wangLu, cast.wuJie]) assert.match(textOf(await owed(officer, day)), /催办[\s\S]*郑商/, officer.name);
  assert.match(await owed(cast.wangLu, day), new RegExp(`href="/office/ledger/${number}\\?act=record-progress#act"`));
  await actOn(its, number, "record-progress", cast.wuJie, on(day));
  assert.doesNotMatch(await owed(cast.wangLu, day), /催办/);
  assert.equal(await owed(cast.fengZheng, day), "");
});
