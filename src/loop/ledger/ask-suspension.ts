import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { day, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { whyNotAskSuspension } from "./who-may.ts";

export const AskSuspension = z.object({ ...drawnFrom, resumeOn: day, reason: openly(paragraph(1000)) });
export type AskSuspension = z.output<typeof AskSuspension>;

export async function askSuspension(town: Town, by: Officer, at: Date, what: AskSuspension): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotAskSuspension(standing, by));
    const { resumeOn, reason } = what;
    refuse(resumeOn <= dayOf(at) ? "suspension/day-past" : null);
    const suspension = newId(at);
    await town.db
      .insertInto("ledger.suspension")
      .values({ town: town.id, id: suspension, problem: what.problem, reason, resume_on: resumeOn, asked_by: by.id, asked_at: at })
      .execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "suspension.asked",
      subject: { kind: "problem", id: what.problem },
      facts: { version, resumeOn, suspension },
      words: { reason },
    });
  });
}
