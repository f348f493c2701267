import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { day, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { latestExtension, readTiming, whyNotExtendable, whyNotExtendTo, workedDays } from "./due-days.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { whyNotAskExtension } from "./who-may.ts";

export const AskExtension = z.object({ ...drawnFrom, newDueOn: day, reason: openly(paragraph(1000)) });
export type AskExtension = z.output<typeof AskExtension>;

export async function askExtension(town: Town, by: Officer, at: Date, what: AskExtension): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotAskExtension(standing, by));
    const { dueOn } = workedDays(standing.problem);
    const { newDueOn, reason } = what;
    const timing = await readTiming(town, standing.problem);
    const [today, latest] = [dayOf(at), latestExtension(timing, dueOn)];
    refuse(whyNotExtendable(dueOn, today, latest) ?? whyNotExtendTo(newDueOn, dueOn, today, latest));
    const extension = newId(at);
    await town.db
      .insertInto("ledger.extension")
      .values({
        town: town.id,
        id: extension,
        problem: what.problem,
        from_due_on: dueOn,
        new_due_on: newDueOn,
        reason,
        asked_by: by.id,
        asked_at: at,
      })
      .execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "extension.asked",
      subject: { kind: "problem", id: what.problem },
      facts: { version, fromDueOn: dueOn, newDueOn, extension },
      words: { reason },
    });
  });
}
