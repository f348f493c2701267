import { z } from "zod";
import { unitNameNow } from "#ledger/answerable";
import { changeProblem } from "#ledger/move-problem";
import { returnToWork } from "#ledger/return-to-work";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { countMoved } from "./count-moved.ts";
import { decideFlag } from "./decide-flag.ts";
import { appendEvent } from "./events.ts";
import { isCalledDone, whyNotUpholdFlag } from "./gate.ts";
import { lockFlag } from "./lock-flag.ts";

export const UpholdFlag = z.object({ flag: id, reason: openly(paragraph(1000)) });
export type UpholdFlag = z.infer<typeof UpholdFlag>;

/**
 * A verifier has looked, and it is as the flag says: for a public reason the problem goes back to work; one already at work stays there.
 * Once struck off it is reopened instead (`reopenProblem`). Refusals: officer/not-allowed, verifier/leads, verifier/worked-on-it,
 * verifier/same-unit, problem/closed, problem/wrong-status, flag/unknown, flag/cleared, flag/upheld, flag/acted.
 */
export async function upholdFlag(town: Town, by: Officer, at: Date, what: UpholdFlag): Promise<void> {
  refuse(whyNotDuty(by, "verifier"));
  await transact(town, async (town) => {
    const { kind, state, standing } = await lockFlag(town, what.flag);
    refuse(whyNotUpholdFlag(standing, by, state));
    await decideFlag(town, by, at, { ...what, decision: "upheld" });
    const { problem } = standing;
    const version = isCalledDone(problem.status) ? await returnToWork(town, problem) : await changeProblem(town, problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "flag.upheld",
      subject: { kind: "problem", id: problem.id },
      facts: { version, flag: what.flag, kind, unit: by.unit },
      words: { reason: what.reason, verifier: by.name, unitName: await unitNameNow(town, by.unit) },
    });
    await countMoved(town, [{ kind, from: state, to: "upheld" }]);
  });
}
