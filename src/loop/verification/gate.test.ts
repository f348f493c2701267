import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { whyNotMove } from "#ledger/move-problem";
import { LIFECYCLE, STATUSES, type Status } from "#ledger/problem";
import { LEDGER_ACTS } from "#ledger/who-may";
import { aModel, CAST, take, type ModelAct } from "#test/gate-model";
import { GATE_ACTS, isCalledDone, UPHOLD_FLAG } from "./gate.ts";

/** Mostly along the road to the closing, so that many sequences get there; and everything else in between. */
const ROAD: readonly ModelAct[] = ["hand-over", "progress", "rectify", "check", "notice", "answer", "record", "day", "week", "close"];
const ASIDE: readonly ModelAct[] = [
  "ask",
  "overrule",
  "object",
  "decide",
  "return",
  "reopen",
  "flag",
  "clear-flag",
  "uphold-flag",
  "join",
  "withdraw",
  "separate",
  "rejoin",
  "erase",
];
const steps = fc.array(
  fc.record({
    act: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ROAD) }, { weight: 1, arbitrary: fc.constantFrom(...ASIDE) }),
    by: fc.nat({ max: CAST.length - 1 }),
    yes: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    pick: fc.nat({ max: 3 }),
  }),
  { minLength: 40, maxLength: 160, size: "max" },
);

test("no sequence of acts by any officers at any times closes a problem while a line of the gate does not hold", () => {
  let closings = 0;
  fc.assert(
    fc.property(steps, (sequence) => {
      const model = aModel();
      for (const step of sequence) take(model, step);
      closings += model.told.closings;
    }),
    { numRuns: 3000 },
  );
  assert.ok(closings > 300, `only ${closings} closings: the sequences no longer reach the gate`);
});

test("every act starts where an arrow of the lifecycle starts that it may draw", () => {
  const arrows: readonly (readonly [readonly Status[], Status])[] = [
    [LEDGER_ACTS.assign.from, "assigned"],
    [LEDGER_ACTS["declare-rectified"].from, "rectified"],
    [LEDGER_ACTS.resume.from, "assigned"],
    [LEDGER_ACTS["propose-dismissal"].from, "dismissed"],
    [LEDGER_ACTS["undo-opening"].from, "dismissed"],
    [LEDGER_ACTS.reinstate.from, "opened"],
    [GATE_ACTS.check.from, "assigned"],
    [GATE_ACTS.check.from, "verified"],
    [GATE_ACTS.return.from, "assigned"],
    [UPHOLD_FLAG.from.filter(isCalledDone), "assigned"],
    [GATE_ACTS.close.from, "closed"],
    [GATE_ACTS["look-back"].from, "assigned"],
    [GATE_ACTS.reopen.from, "assigned"],
  ];
  for (const [from, to] of arrows) for (const status of from) assert.equal(whyNotMove(status, to), null, `${status} → ${to}`);
  const closing = STATUSES.filter((status) => LIFECYCLE[status].includes("closed"));
  assert.deepEqual(closing, GATE_ACTS.close.from);
});
