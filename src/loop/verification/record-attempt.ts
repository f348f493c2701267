import { z } from "zod";
import { unitNameNow } from "#ledger/answerable";
import { changeProblem } from "#ledger/move-problem";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { choice, id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { whyNotAttempt, whyNotRecord } from "./gate.ts";
import { lockQuestion } from "./lock-question.ts";
import { CALL_MANNERS } from "./round.ts";

export const RecordAttempt = z.object({ question: id, manner: choice(CALL_MANNERS) });
export type RecordAttempt = z.output<typeof RecordAttempt>;

/**
 * 没人接: a reporter was called or visited and nobody answered. The window stays as it is: silence is silence when it ends, with its
 * attempts. Who may, is who may record an answer. Refusals: those of `recordAnswer`, attempt/same-day, attempt/enough.
 */
export async function recordAttempt(town: Town, by: Officer, at: Date, what: RecordAttempt): Promise<void> {
  await transact(town, async (town) => {
    const { standing, question } = await lockQuestion(town, what.question);
    refuse(whyNotRecord(standing, by));
    if (question === null) throw new Refusal("answer/too-late"); // of an earlier round
    refuse(whyNotAttempt(question, at));
    const { problem } = standing;
    const attempt = newId(at);
    const { manner } = what;
    const attempted = { attempted_on: dayOf(at), attempted_at: at, attempted_by: by.id };
    await town.db
      .insertInto("verification.attempt")
      .values({ town: town.id, id: attempt, problem: problem.id, question: question.id, manner, ...attempted })
      .execute();
    const version = await changeProblem(town, problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "question.attempted",
      subject: { kind: "problem", id: problem.id },
      facts: { version, attempt, question: question.id, manner, number: question.attempts.length + 1, unit: by.unit },
      words: { unitName: await unitNameNow(town, by.unit) },
    });
  });
}
