import assert from "node:assert/strict";
import { test } from "node:test";
import { appendEvent, RESIDENT } from "#audit/append-event";
import { transact } from "#platform/town";
import { actOn, aProblem, deskOf } from "#test/desk";
import { AT, aTown } from "#test/town";

const NEIGHBOURS = 300;

test("three hundred neighbours who have it too leave the desk's history to what was done", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  const { id } = (await deskOf(t, number)).standing.problem;
  await transact(t.town, async (town) => {
    for (let count = 1; count <= NEIGHBOURS; count += 1)
      await appendEvent(town, RESIDENT, AT, { verb: "problem.me-too", subject: { kind: "problem", id }, facts: { count } });
  });
  assert.deepEqual(
    (await deskOf(t, number)).events.map(({ verb }) => verb),
    ["problem.assigned", "problem.opened"],
  );
});
