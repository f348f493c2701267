import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT, SYSTEM } from "#audit/append-event";
import { adoptCalendar } from "#intake/adopt-calendar";
import { listTasks } from "#office/tasks";
import { dayOf } from "#platform/instant";
import { checkProblems } from "#proof/check-standing";
import { actOn, aVerifiedProblem, deskOf, on } from "#test/desk";
import { aTown, type ATown } from "#test/town";
import { dateObjections } from "./date-objections.ts";
import { decideObjection } from "./decide-objection.ts";
import { raiseObjection } from "./raise-objection.ts";

const WEDNESDAY = on("2026-08-05");

async function anObjectedTo(t: ATown, at = WEDNESDAY) {
  const number = await aVerifiedProblem(t, 0);
  await actOn(t, number, "post-notice", t.cast.qianWen, at);
  const { id: problem } = (await deskOf(t, number)).standing.problem;
  const objection = await raiseObjection(t.town, RESIDENT, at, { problem, reason: "灯柱还是歪的", address: "" });
  return { number, problem, objection };
}

async function daysOf(t: ATown, number: string) {
  return (await deskOf(t, number)).round.objections.map(({ dueOn }) => dueOn);
}

async function stepsOf(t: ATown) {
  return (await listTasks(t.town, t.cast.fengZheng, WEDNESDAY, dayOf(WEDNESDAY))).map(({ step, due }) => [step, due]);
}

test("an objection is owed an answer by its own day, and waits for a verifier with it until it is decided", async (context) => {
  const t = await aTown(context);
  const { number, problem, objection } = await anObjectedTo(t);
  assert.deepEqual(await daysOf(t, number), ["2026-08-10"]);
  assert.deepEqual(await stepsOf(t), [["decide-objection", "2026-08-10"]]);
  const { version } = (await deskOf(t, number)).standing.problem;
  await decideObjection(t.town, t.cast.fengZheng, WEDNESDAY, { problem, version, objection, upheld: "no", reason: "灯柱已扶正" });
  assert.deepEqual(await stepsOf(t), []);
  assert.deepEqual(await checkProblems(t.town), []);
});

test("the town sets how many working days there are to answer, and a day that was promised stays", async (context) => {
  const t = await aTown(context);
  await t.town.db.updateTable("people.policy").set({ objection_working_days: 1 }).execute();
  const { number, problem } = await anObjectedTo(t);
  await t.town.db.updateTable("people.policy").set({ objection_working_days: 10 }).execute();
  await raiseObjection(t.town, RESIDENT, WEDNESDAY, { problem, reason: "线也没收好", address: "" });
  assert.deepEqual(await daysOf(t, number), ["2026-08-06", "2026-08-19"]);
});

test("an objection that no calendar reaches waits for it and is dated then, once", async (context) => {
  const t = await aTown(context);
  const at = on("2026-12-31");
  const { number } = await anObjectedTo(t, at);
  assert.deepEqual(await daysOf(t, number), [null]);
  assert.equal(await dateObjections(t.town, SYSTEM, at), 0);
  const days = [{ day: "2027-01-01", kind: "off" as const, name: "元旦" }];
  await adoptCalendar(t.town, t.cast.zhouXi, at, { version: null, year: 2027, source: "国办发明电", days });
  assert.deepEqual(await daysOf(t, number), ["2027-01-06"]);
  assert.equal(await dateObjections(t.town, SYSTEM, at), 0);
  assert.deepEqual(await checkProblems(t.town), []);
});
