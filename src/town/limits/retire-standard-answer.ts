import { z } from "zod";
import { drawnFrom, whyNotDrawnFrom } from "#people/drawn-from";
import { lockTown } from "#people/lock-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { findStandardAnswer } from "./queries.ts";

export const RetireStandardAnswer = z.object({ answer: id, ...drawnFrom });
export type RetireStandardAnswer = z.infer<typeof RetireStandardAnswer>;

/** It is offered no more. Refusals: officer/not-allowed, standard-answer/unknown, setting/changed. */
export async function retireStandardAnswer(town: Town, by: Officer, at: Date, what: RetireStandardAnswer): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const answer = await findStandardAnswer(town, what.answer);
    if (answer === null) throw new Refusal("standard-answer/unknown");
    refuse(whyNotDrawnFrom(answer, what));
    const version = answer.version + 1;
    await town.db
      .updateTable("limits.standard_answer")
      .set({ retired_at: at, version })
      .where("town", "=", town.id)
      .where("id", "=", what.answer)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "standard-answer.retired",
      subject: { kind: "standard-answer", id: what.answer },
      facts: { version },
    });
  });
}
