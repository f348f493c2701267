import { z } from "zod";
import { unitNameNow } from "#ledger/answerable";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { lockProblem, type Standing } from "#ledger/standing";
import { whyNotIndependent } from "#verification/gate";
import type { RefusalCode } from "#refusals";
import { appendEvent } from "./events.ts";

export const ClearFlag = z.object({ flag: id, reason: openly(paragraph(1000)) });
export type ClearFlag = z.infer<typeof ClearFlag>;

/** Why the officer may not clear a flag of this problem: it takes a verifier, as independent as for a check. */
export function whyNotClearFlag(standing: Standing, by: Officer): RefusalCode | null {
  return whyNotDuty(by, "verifier") ?? whyNotIndependent(standing, by);
}

/**
 * A verifier has looked and found nothing wrong, for a public reason; or else reopens the problem (`reopenProblem`), which answers its
 * flags by itself. Refusals: officer/not-allowed, verifier/leads, verifier/worked-on-it, verifier/same-unit, flag/unknown, flag/cleared.
 */
export async function clearFlag(town: Town, by: Officer, at: Date, what: ClearFlag): Promise<void> {
  refuse(whyNotDuty(by, "verifier"));
  await transact(town, async (town) => {
    const flag = await town.db
      .selectFrom("detector.flag")
      .select(["problem", "kind"])
      .where("town", "=", town.id)
      .where("id", "=", what.flag)
      .executeTakeFirst();
    if (flag === undefined) throw new Refusal("flag/unknown");
    refuse(whyNotClearFlag(await lockProblem(town, flag.problem, null), by));
    const cleared = await town.db
      .insertInto("detector.clearing")
      .values({ town: town.id, flag: what.flag, reason: what.reason, cleared_by: by.id, cleared_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning("flag")
      .executeTakeFirst();
    refuse(cleared === undefined ? "flag/cleared" : null);
    await appendEvent(town, asActor(by), at, {
      verb: "flag.cleared",
      subject: { kind: "problem", id: flag.problem },
      facts: { flag: what.flag, kind: flag.kind, unit: by.unit },
      words: { reason: what.reason, verifier: by.name, unitName: await unitNameNow(town, by.unit) },
    });
  });
}
