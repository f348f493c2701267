import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { transact } from "#platform/town";
import { act, actOn, aProblem, aVerifiedProblem, deskOf, on } from "#test/desk";
import { raiseObjection } from "#verification/raise-objection";
import { AT, aTown } from "#test/town";
import { countMeToo } from "./count-me-too.ts";

/** A gate that opens when told to. */
function aGate(): { readonly open: () => void; readonly opened: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, opened: promise };
}

test("of two officers acting on one problem at once, one wins and the other is told that it changed", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  const page = await deskOf(t, number);
  const both = await Promise.allSettled([
    act(t, page, "assign", t.cast.zhengShang, AT),
    act(t, page, "assign", t.cast.qianWen, AT, { yes: true, leaders: [t.cast.liHe.id] }),
  ]);
  assert.deepEqual(both.map((outcome) => outcome.status).toSorted(), ["fulfilled", "rejected"]);
  const lost = both.find((outcome) => outcome.status === "rejected");
  assert.equal(lost?.reason.code, "problem/changed");
  const { standing, assignments, events } = await deskOf(t, number);
  assert.deepEqual([assignments.length, standing.problem.version, events.length], [1, 2, 2]);
  const meanwhile = events.filter((event) => Number(event.facts["version"]) > page.standing.problem.version);
  assert.deepEqual(
    meanwhile.map((event) => event.verb),
    ["problem.assigned"],
  );
});

test("a dozen problems opened at once are numbered without a gap, also when one of them fails", async (context) => {
  const t = await aTown(context);
  const failed = transact(t.town, async (town) => {
    await aProblem({ ...t, town });
    throw new Error("the power went out");
  });
  const numbers = await Promise.all([...Array.from({ length: 12 }, () => aProblem(t)), failed.catch(() => "")]);
  const expected = Array.from({ length: 12 }, (_, i) => `SL-2026-${String(i + 1).padStart(4, "0")}`);
  assert.deepEqual(numbers.filter((number) => number !== "").toSorted(), expected);
  assert.equal(await aProblem(t, 0, on("2027-01-01")), "SL-2027-0001");
});

test("two unrelated acts never wait for each other", async (context) => {
  const t = await aTown(context);
  const [held, other] = [await aProblem(t), await aProblem(t)];
  const [acted, done] = [aGate(), aGate()];
  const slow = transact(t.town, async (town) => {
    await actOn({ ...t, town }, held, "assign", t.cast.zhengShang, AT);
    acted.open();
    await done.opened;
  });
  await acted.opened;
  await actOn(t, other, "assign", t.cast.zhengShang, AT); // would hang here if it waited
  const { problem } = (await deskOf(t, other)).standing;
  await countMeToo(t.town, RESIDENT, AT, { problem: problem.id });
  await actOn(t, await aProblem(t), "propose-dismissal", t.cast.qianWen, AT);
  done.open();
  await slow;
  assert.equal((await deskOf(t, held)).standing.problem.status, "assigned");
});

test("an objection that arrives with the closing either blocks it or comes too late", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t, 0);
  await actOn(t, number, "post-notice", t.cast.qianWen, on("2026-08-04"));
  const page = await deskOf(t, number);
  const objecting = raiseObjection(t.town, RESIDENT, on("2026-08-07"), {
    problem: page.standing.problem.id,
    reason: "还是没人",
    address: "192.0.2.7",
  });
  const closing = act(t, page, "close", t.cast.qianWen, on("2026-08-10"));
  const [objected, closed] = await Promise.allSettled([objecting, closing]);
  assert.equal([objected, closed].filter((outcome) => outcome.status === "fulfilled").length, 1);
});
