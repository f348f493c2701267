import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "#ledger/drawn-from";
import { returnToWork } from "#ledger/return-to-work";
import { lockProblem } from "#ledger/standing";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { standsAsNo, whyNotReturn } from "./gate.ts";

export const ReturnProblem = z.object({ ...drawnFrom, reason: openly(paragraph(1000)) });
export type ReturnProblem = z.output<typeof ReturnProblem>;

/** A reporter's "not solved" is honoured: back to work. */
export async function returnProblem(town: Town, by: Officer, at: Date, what: ReturnProblem): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    const round = await findRound(town, what.problem);
    refuse(whyNotReturn(standing, round, by));
    const version = await returnToWork(town, standing.problem);
    await appendEvent(town, asActor(by), at, {
      verb: "answer.honoured",
      subject: { kind: "problem", id: what.problem },
      facts: { version, answers: round.questions.filter(standsAsNo).length },
      words: { reason: what.reason },
    });
  });
}
