import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { choice, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { whyNotConfirm } from "./grantable.ts";
import { changeProblem, moveProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { whyNotDecideDismissal } from "./who-may.ts";

export const DecideDismissal = z.object({ ...drawnFrom, confirm: choice(["yes", "no"]), reason: openly(paragraph(1000)) });
export type DecideDismissal = z.output<typeof DecideDismissal>;

/** A second officer confirms the dismissal, or lets the problem stand. */
export async function decideDismissal(town: Town, by: Officer, at: Date, what: DecideDismissal): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotDecideDismissal(standing, by));
    const { problem, dismissal } = standing;
    if (dismissal === null) throw new Refusal("dismissal/none-waiting");
    const confirmed = what.confirm === "yes";
    if (confirmed) refuse(whyNotConfirm(standing));
    const decided = await town.db
      .updateTable("ledger.dismissal")
      .set({ decision: confirmed ? "confirmed" : "refused", decided_by: by.id, decided_at: at, decision_reason: what.reason })
      .where("town", "=", town.id)
      .where("id", "=", dismissal.id)
      .returning("ground")
      .executeTakeFirstOrThrow();
    const version = confirmed ? await moveProblem(town, problem, "dismissed", {}) : await changeProblem(town, problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: confirmed ? "dismissal.confirmed" : "dismissal.refused",
      subject: { kind: "problem", id: what.problem },
      facts: { version, ground: decided.ground },
      words: { reason: what.reason },
    });
  });
}
