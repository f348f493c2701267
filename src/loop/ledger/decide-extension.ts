import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { dayOf, type Day } from "#platform/instant";
import { choice, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { amberOn } from "#limits/deadline";
import { drawnFrom } from "./drawn-from.ts";
import { readTiming, workedDays } from "./due-days.ts";
import { appendEvent } from "./events.ts";
import { whyNotGrant } from "./grantable.ts";
import { changeProblem, type ProblemChange } from "./move-problem.ts";
import { lockProblem, type Standing } from "./standing.ts";
import { whyNotDecideExtension } from "./who-may.ts";

export const DecideExtension = z.object({ ...drawnFrom, grant: choice(["yes", "no"]), reason: openly(paragraph(1000)) });
export type DecideExtension = z.output<typeof DecideExtension>;

/** Grants or refuses the extension that waits. The first due day stays known: being on time is measured by it. */
export async function decideExtension(town: Town, by: Officer, at: Date, what: DecideExtension): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotDecideExtension(standing, by));
    const { extension } = standing;
    if (extension === null) throw new Refusal("extension/none-waiting");
    const granted = what.grant === "yes";
    if (granted) refuse(whyNotGrant(standing, dayOf(at)));
    const change = granted ? await extended(town, standing, extension.newDueOn) : {};
    await town.db
      .updateTable("ledger.extension")
      .set({ decision: granted ? "granted" : "refused", decided_by: by.id, decided_at: at, decision_reason: what.reason })
      .where("town", "=", town.id)
      .where("id", "=", extension.id)
      .execute();
    const version = await changeProblem(town, standing.problem, change);
    await appendEvent(town, asActor(by), at, {
      verb: granted ? "extension.granted" : "extension.refused",
      subject: { kind: "problem", id: what.problem },
      facts: { version, fromDueOn: standing.problem.dueOn, newDueOn: extension.newDueOn },
      words: { reason: what.reason },
    });
  });
}

async function extended(town: Town, { problem }: Standing, newDueOn: Day): Promise<ProblemChange> {
  const { assignedOn } = workedDays(problem);
  const { calendar } = await readTiming(town, problem);
  return { due_on: newDueOn, amber_on: amberOn(calendar, assignedOn, newDueOn) };
}
