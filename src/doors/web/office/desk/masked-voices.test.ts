import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { answerQuestion } from "#verification/answer-question";
import { raiseObjection } from "#verification/raise-objection";
import { actOn, aVerifiedProblem, deskOf, on } from "#test/desk";
import { aDoor } from "#test/door";
import { aTown } from "#test/town";

test("a telephone number in a reporter’s why or in an objection reaches nobody at the desk: no panel, form or history", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const number = await aVerifiedProblem(t, 2);
  const { round, standing } = await deskOf(t, number);
  const [question] = round.questions;
  await answerQuestion(town, RESIDENT, on("2026-08-05"), {
    question: question?.id ?? "",
    solved: "no",
    satisfied: "no",
    why: "还在漏，打 13800001234 找我",
  });
  await actOn(t, number, "post-notice", cast.qianWen, on("2026-08-05"));
  await raiseObjection(town, RESIDENT, on("2026-08-06"), {
    problem: standing.problem.id,
    reason: "没修好，我是 13800004321",
    address: "",
  });
  const door = aDoor(t);
  door.clock.at = on("2026-08-06");
  for (const officer of [cast.wuJie, cast.wangLu, cast.qianWen, cast.fengZheng]) {
    const cookie = await door.cookieOf(officer);
    const desk = await (await door.get(`/office/ledger/${number}`, cookie)).text();
    assert.match(desk, /138\*{4}1234/);
    assert.match(desk, /138\*{4}4321/);
    for (const act of ["", "?act=overrule-answer", "?act=decide-objection", "?act=return"]) {
      const page = await (await door.get(`/office/ledger/${number}${act}`, cookie)).text();
      assert.doesNotMatch(page, /13800001234|13800004321/, `${officer.name} ${act}`);
    }
  }
});
