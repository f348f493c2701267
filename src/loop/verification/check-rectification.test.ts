import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { actOn, aProblem, deskOf, on } from "#test/desk";
import { AT, aTown } from "#test/town";
import { checkRectification, CheckRectification } from "./check-rectification.ts";

/** Declared rectified with its one measure; the check that an uninvolved verifier makes of it. */
async function aDeclared(context: TestContext) {
  const t = await aTown(context);
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  await actOn(t, number, "declare-rectified", t.cast.wuJie, on("2026-08-03"));
  const { problem } = (await deskOf(t, number)).standing;
  const form = { problem: problem.id, version: problem.version, manner: "on_site", finding: "中午去看了" };
  const check = (what: object) =>
    checkRectification(t.town, t.cast.fengZheng, on("2026-08-04"), CheckRectification.parse({ ...form, ...what }));
  return { t, number, check };
}

test("what was not seen passes only for a reason, and nobody sees a measure that is not there", async (context) => {
  const { t, number, check } = await aDeclared(context);
  await assert.rejects(check({ outcome: "passed" }), { code: "measures/unseen" });
  await assert.rejects(check({ outcome: "passed", measuresSeen: ["1"] }), { code: "measures/unknown" });
  assert.equal((await deskOf(t, number)).standing.problem.status, "rectified");
  await check({ outcome: "passed", unseen: "当天不是工作日，看了排班表" });
  const { standing, round } = await deskOf(t, number);
  assert.equal(standing.problem.status, "verified");
  assert.deepEqual([round.check?.measuresSeen, round.check?.unseen], [[], "当天不是工作日，看了排班表"]);
});

test("what was not seen goes back to work for what was found, and the check says what was seen", async (context) => {
  const { t, number, check } = await aDeclared(context);
  await check({ outcome: "failed", measuresSeen: ["0"], finding: "有人轮班，但一点就走了" });
  const { standing, round } = await deskOf(t, number);
  assert.equal(standing.problem.status, "assigned");
  assert.deepEqual([round.check?.outcome, round.check?.measuresSeen], ["failed", [0]]);
});
