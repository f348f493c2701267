import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { id, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "#ledger/drawn-from";
import { changeProblem } from "#ledger/move-problem";
import { lockProblem } from "#ledger/standing";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { standsAsNo, whyNotOverrule } from "./gate.ts";

export const OverruleAnswer = z.object({ ...drawnFrom, question: id, reason: openly(paragraph(1000)) });
export type OverruleAnswer = z.output<typeof OverruleAnswer>;

/** A reporter's "not solved" is overruled: only with a reason everybody can read. */
export async function overruleAnswer(town: Town, by: Officer, at: Date, what: OverruleAnswer): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    const round = await findRound(town, what.problem);
    refuse(whyNotOverrule(standing, round, by));
    const { question, reason } = what;
    if (!round.questions.some((asked) => asked.id === question && standsAsNo(asked))) throw new Refusal("answer/nothing-to-overrule");
    const overruling = { reason, overruled_by: by.id, overruled_at: at };
    await town.db
      .insertInto("verification.overruling")
      .values({ town: town.id, question, problem: what.problem, ...overruling })
      .onConflict((conflict) => conflict.columns(["town", "question"]).doUpdateSet(overruling))
      .execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "answer.overruled",
      subject: { kind: "problem", id: what.problem },
      facts: { version, question },
      words: { reason },
    });
  });
}
