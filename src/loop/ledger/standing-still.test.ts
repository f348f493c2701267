import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf } from "#platform/instant";
import { countAgain } from "#publication/count-again";
import { listCounted } from "#publication/counted-entries";
import { readFigures } from "#publication/figures";
import { listTasks } from "#office/tasks";
import { offersOf } from "#office/offers";
import { countedUp } from "#test/counted-up";
import { actOn, aProblem, aVerifiedProblem, deskOf, on } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { lampOf } from "./problem.ts";
import { resumeDueProblems } from "./resume-problem.ts";

async function aSuspendedProblem(t: ATown): Promise<string> {
  const number = await aProblem(t, 0);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  await actOn(t, number, "ask-suspension", t.cast.wangLu, AT); // until 4 August
  await actOn(t, number, "decide-suspension", t.cast.zhaoShu, AT);
  return number;
}

const statusOf = async (t: ATown, number: string) => (await deskOf(t, number)).standing.problem.status;

test("a suspended problem that cannot resume is set aside and shown to the office; those behind it resume", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const stuck = await aSuspendedProblem(t);
  const next = await aSuspendedProblem(t);
  const { problem } = (await deskOf(t, stuck)).standing;
  await town.db.updateTable("ledger.suspension").set({ ended_at: AT }).where("problem", "=", problem.id).execute();
  await assert.rejects(resumeDueProblems(town, on("2026-08-04")), /1 of 2 set aside/);
  assert.deepEqual([await statusOf(t, stuck), await statusOf(t, next)], ["suspended", "assigned"]);
  const tasks = await listTasks(town, cast.zhengShang, on("2026-08-05"), "2026-08-05");
  assert.ok(tasks.some(({ step, subject }) => step === "resume" && subject === problem.id));
});

test("a hand-over is possible while the work goes on, stands still or waits for its check; not after", async (context) => {
  const t = await aTown(context);
  const { cast, units } = t;
  const to = { yes: true, leaders: [cast.liHe.id], unit: units.ecology };
  const rectified = await aProblem(t, 0);
  await actOn(t, rectified, "assign", cast.zhengShang, AT);
  await actOn(t, rectified, "declare-rectified", cast.wuJie, AT);
  for (const number of [await aSuspendedProblem(t), rectified]) {
    const before = (await deskOf(t, number)).standing.problem;
    await actOn(t, number, "hand-over", cast.zhengShang, AT, to);
    const after = (await deskOf(t, number)).standing.problem;
    assert.deepEqual([after.status, after.dueOn, after.leaders, after.unit], [before.status, before.dueOn, [cast.liHe.id], units.ecology]);
  }
  for (const number of [await aProblem(t, 0), await aVerifiedProblem(t, 0)])
    await assert.rejects(actOn(t, number, "hand-over", cast.zhengShang, AT, to), { code: "problem/wrong-status" });
});

test("an extension is not offered where no later day can be granted, and is refused for the same reason", async (context) => {
  const t = await aTown(context);
  const { cast, town } = t;
  const number = await aProblem(t, 0);
  await actOn(t, number, "assign", cast.zhengShang, AT);
  const offered = async (at: Date) =>
    offersOf(await deskOf(t, number, at), cast.wuJie, at).find(({ command }) => command === "ask-extension")?.refused;
  assert.equal(await offered(AT), null);
  assert.equal(await offered(on("2026-12-01")), "extension/no-day-left", "ten working days after the due day are over");
  await assert.rejects(actOn(t, number, "ask-extension", cast.wuJie, on("2026-12-01")), { code: "extension/no-day-left" });
  await town.db.updateTable("limits.category").set({ extension_limit: 0 }).execute();
  assert.equal(await offered(AT), "extension/no-day-left");
});

test("a suspended problem counts as late in no figure while its light is grey, and again once it resumed", async (context) => {
  const t = await aTown(context);
  const { town } = t;
  const number = await aSuspendedProblem(t);
  await town.db.updateTable("ledger.problem").set({ resume_on: "2026-12-01" }).where("number", "=", number).execute();
  const at = on("2026-11-20");
  const figures = async (now: Date) => {
    await countedUp(town);
    return (await readFigures(town, dayOf(now))).town;
  };
  assert.equal(lampOf((await deskOf(t, number)).standing.problem, "2026-11-20").light, "grey");
  const { overdue, claim, "on-time": onTime } = await figures(at);
  assert.deepEqual([overdue, claim.of, onTime.of], [0, 0, 0]);
  const circle = { unit: null, campaign: null };
  for (const counted of ["claim", "on-time"] as const)
    assert.deepEqual((await listCounted(town, at, { counted, circle, before: null, limit: 10 })).entries, [], counted);
  await resumeDueProblems(town, on("2026-12-01"));
  assert.equal((await figures(on("2026-12-02")))["on-time"].of, 1);
  await countAgain(town);
  assert.equal((await figures(on("2026-12-02")))["on-time"].of, 1);
});
