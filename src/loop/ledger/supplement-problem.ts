import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

export const SupplementProblem = z.object({ problem: id, report: id, text: paragraph(10_000) });
export type SupplementProblem = z.output<typeof SupplementProblem>;

/**
 * What a reporter added, as the intake desk chose to say it: whoever works on the problem reads it at the desk, and not whose it is. It
 * moves no version: an officer's half-written form stays. Refusals: those of the act.
 */
export async function supplementProblem(town: Town, by: Officer, at: Date, what: SupplementProblem): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotAct(LEDGER_ACTS.supplement, await lockProblem(town, what.problem, null), by));
    await appendEvent(town, asActor(by), at, {
      verb: "problem.supplemented",
      subject: { kind: "problem", id: what.problem },
      facts: { report: what.report },
      words: { text: what.text },
    });
  });
}
