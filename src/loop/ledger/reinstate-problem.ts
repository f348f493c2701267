import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { moveProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

export const ReinstateProblem = z.object({ ...drawnFrom, reason: openly(paragraph(1000)) });
export type ReinstateProblem = z.output<typeof ReinstateProblem>;

/** A dismissed problem is opened again: nobody answers for it until it is assigned anew. What was assigned before stays in the
 * history, and the first due day the one by which being on time is measured. */
export async function reinstateProblem(town: Town, by: Officer, at: Date, what: ReinstateProblem): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotAct(LEDGER_ACTS.reinstate, standing, by));
    const version = await moveProblem(town, standing.problem, "opened", {
      leaders: [],
      unit: null,
      measures: [],
      measures_done: [],
      goal: "",
      due_on: null,
      amber_on: null,
      assigned_on: null,
    });
    await appendEvent(town, asActor(by), at, {
      verb: "problem.reinstated",
      subject: { kind: "problem", id: what.problem },
      facts: { version, originalDueOn: standing.problem.originalDueOn },
      words: { reason: what.reason },
    });
  });
}
