import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import { choice, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { whyNotApprove } from "./grantable.ts";
import { changeProblem, moveProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { whyNotDecideSuspension } from "./who-may.ts";

export const DecideSuspension = z.object({ ...drawnFrom, approve: choice(["yes", "no"]), reason: openly(paragraph(1000)) });
export type DecideSuspension = z.output<typeof DecideSuspension>;

export async function decideSuspension(town: Town, by: Officer, at: Date, what: DecideSuspension): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotDecideSuspension(standing, by));
    const { problem, suspension } = standing;
    if (suspension === null) throw new Refusal("suspension/none-waiting");
    const { resumeOn } = suspension;
    const approved = what.approve === "yes";
    if (approved) refuse(whyNotApprove(standing, dayOf(at)));
    await town.db
      .updateTable("ledger.suspension")
      .set({ decision: approved ? "approved" : "refused", decided_by: by.id, decided_at: at, decision_reason: what.reason })
      .where("town", "=", town.id)
      .where("id", "=", suspension.id)
      .execute();
    const version = approved
      ? await moveProblem(town, problem, "suspended", { resume_on: resumeOn })
      : await changeProblem(town, problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: approved ? "suspension.approved" : "suspension.refused",
      subject: { kind: "problem", id: what.problem },
      facts: { version, resumeOn },
      words: { reason: what.reason },
    });
  });
}
