import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { newId } from "#platform/ids";
import { addDays, dayOf } from "#platform/instant";
import { assignProblem, AssignProblem } from "#ledger/assign-problem";
import { lampOf } from "#ledger/problem";
import { declareRectified } from "#ledger/declare-rectified";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { recordProgress } from "#ledger/record-progress";
import { aPhotoFor, deskOf, on } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { answerQuestion } from "./answer-question.ts";
import { checkRectification } from "./check-rectification.ts";
import { closeProblem } from "./close-problem.ts";
import { lookBack } from "./look-back.ts";
import { postNotice } from "./post-notice.ts";

/** Where the form of the next command is drawn from. */
async function drawn(t: ATown, number: string): Promise<{ problem: string; version: number }> {
  const { problem } = (await deskOf(t, number)).standing;
  return { problem: problem.id, version: problem.version };
}

/** From two reports to the closing: one reporter says solved, the other stays silent. */
async function closeOne(t: ATown): Promise<{ readonly number: string; readonly photo: string }> {
  const { town, cast, categories, units } = t;
  const reports = [newId(AT), newId(AT)].map((report) => ({ report, channel: "web" }));
  const { number } = await openProblem(
    town,
    cast.qianWen,
    AT,
    OpenProblem.parse({ title: "窗口中午没人", category: categories.complaint, reports }),
  );
  const plan = {
    leaders: [cast.wangLu.id, cast.liHe.id],
    unit: units.sanitation,
    measures: "中午轮班\n张贴电话",
    goal: "中午有人",
    dueOn: "2026-08-10",
  };
  await assignProblem(town, cast.zhengShang, AT, AssignProblem.parse({ ...(await drawn(t, number)), ...plan }));
  await recordProgress(town, cast.wuJie, on("2026-07-30"), {
    ...(await drawn(t, number)),
    note: "已排班",
    measuresDone: [0, 1],
    photos: [],
    stage: "during",
  });
  const photo = await aPhotoFor(t, number, cast.wuJie);
  await declareRectified(town, cast.wuJie, on("2026-08-03"), {
    ...(await drawn(t, number)),
    done: "轮班已经实行",
    measuresDone: [0, 1],
    undone: "",
    photos: [photo],
  });
  await checkRectification(town, cast.fengZheng, on("2026-08-04"), {
    ...(await drawn(t, number)),
    manner: "on_site",
    measuresSeen: [0, 1],
    unseen: "",
    finding: "中午去看，有人",
    outcome: "passed",
  });
  const [question] = (await deskOf(t, number)).round.questions;
  assert.ok(question);
  await answerQuestion(town, RESIDENT, on("2026-08-05"), { question: question.id, solved: "yes", satisfied: "no", why: "好了，就是慢" });
  await postNotice(town, cast.qianWen, on("2026-08-05"), await drawn(t, number));
  await closeProblem(town, cast.qianWen, on("2026-08-12"), { ...(await drawn(t, number)), statement: "现场复核通过，公示无异议" });
  return { number, photo };
}

test("a problem goes from its reports to a closing that is looked at again and holds", async (context) => {
  const t = await aTown(context);
  const { number } = await closeOne(t);
  assert.equal(number, "SL-2026-0001");
  const closed = await deskOf(t, number);
  const { problem } = closed.standing;
  assert.deepEqual(
    [
      problem.status,
      problem.reportCount,
      problem.answeredCount,
      problem.solvedCount,
      problem.satisfiedCount,
      problem.closedOn,
      problem.rectifiedOn,
    ],
    ["closed", 2, 1, 1, 0, "2026-08-12", "2026-08-03"],
  );
  assert.deepEqual(lampOf(problem, "2026-08-12"), { light: "grey", says: "early", days: 7 });
  const [closing] = closed.events;
  assert.ok(closing);
  assert.deepEqual([closing.facts["silent"], closing.words["statement"]], [1, "现场复核通过，公示无异议"]);
  assert.deepEqual(closed.events.map((event) => event.verb).toReversed(), [
    "problem.opened",
    "problem.assigned",
    "problem.progressed",
    "problem.rectified",
    "check.passed",
    "question.asked",
    "answer.given",
    "notice.posted",
    "problem.closed",
  ]);
  assert.deepEqual(
    closed.round.lookBacks.map((ahead) => ahead.dueOn),
    [addDays("2026-08-12", 30), addDays("2026-08-12", 90)],
  );
  for (const ahead of closed.round.lookBacks) {
    await lookBack(t.town, t.cast.fengZheng, on(ahead.dueOn), {
      ...(await drawn(t, number)),
      lookBack: ahead.id,
      outcome: "held",
      finding: "没有反弹",
    });
  }
  const held = await deskOf(t, number);
  assert.equal(held.standing.problem.status, "closed");
  assert.ok(held.round.lookBacks.every((done) => done.outcome === "held"));
});

test("a relapse reopens the problem under the same number, and is counted for ever", async (context) => {
  const t = await aTown(context);
  const { number, photo } = await closeOne(t);
  const [first] = (await deskOf(t, number)).round.lookBacks;
  assert.ok(first);
  await lookBack(t.town, t.cast.fengZheng, on("2026-09-11"), {
    ...(await drawn(t, number)),
    lookBack: first.id,
    outcome: "relapsed",
    finding: "中午又没人",
  });
  const { standing, round } = await deskOf(t, number);
  const { problem } = standing;
  assert.deepEqual(
    [problem.status, problem.number, problem.relapseCount, problem.closedOn, problem.originalDueOn],
    ["assigned", number, 1, null, "2026-08-10"],
  );
  assert.ok(problem.dueOn !== null && problem.dueOn > "2026-09-11");
  assert.deepEqual(problem.leaders, [t.cast.wangLu.id, t.cast.liHe.id]);
  assert.deepEqual(
    round.lookBacks.map((planned) => planned.dropped),
    [false, true],
  );

  await assert.rejects(
    async () =>
      declareRectified(t.town, t.cast.wuJie, on("2026-09-14"), {
        ...(await drawn(t, number)),
        done: "又好了",
        measuresDone: [0, 1],
        undone: "",
        photos: [photo],
      }),
    { code: "evidence/no-after" },
    "the old picture proves nothing new",
  );
  await declareRectified(t.town, t.cast.wuJie, on("2026-09-14"), {
    ...(await drawn(t, number)),
    done: "又好了",
    measuresDone: [0, 1],
    undone: "",
    photos: [await aPhotoFor(t, number, t.cast.wuJie)],
  });
  assert.equal((await deskOf(t, number)).standing.problem.rectifiedOn, dayOf(on("2026-09-14")));
});
