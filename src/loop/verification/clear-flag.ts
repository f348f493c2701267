import { z } from "zod";
import { unitNameNow } from "#ledger/answerable";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { countMoved } from "./count-moved.ts";
import { decideFlag } from "./decide-flag.ts";
import { appendEvent } from "./events.ts";
import { whyNotClearFlag } from "./gate.ts";
import { lockFlag } from "./lock-flag.ts";

export const ClearFlag = z.object({ flag: id, reason: openly(paragraph(1000)) });
export type ClearFlag = z.infer<typeof ClearFlag>;

/**
 * A verifier has looked and found nothing wrong, for a public reason. Refusals: officer/not-allowed, verifier/leads, verifier/worked-on-it,
 * verifier/same-unit, flag/unknown, flag/cleared, flag/upheld.
 */
export async function clearFlag(town: Town, by: Officer, at: Date, what: ClearFlag): Promise<void> {
  refuse(whyNotDuty(by, "verifier"));
  await transact(town, async (town) => {
    const { kind, state, standing } = await lockFlag(town, what.flag);
    refuse(whyNotClearFlag(standing, by, state));
    await decideFlag(town, by, at, { ...what, decision: "cleared" });
    await appendEvent(town, asActor(by), at, {
      verb: "flag.cleared",
      subject: { kind: "problem", id: standing.problem.id },
      facts: { flag: what.flag, kind, unit: by.unit },
      words: { reason: what.reason, verifier: by.name, unitName: await unitNameNow(town, by.unit) },
    });
    await countMoved(town, [{ kind, from: state, to: "cleared" }]);
  });
}
