import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { choice, id, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { drawnFrom } from "#ledger/drawn-from";
import { changeProblem } from "#ledger/move-problem";
import { returnToWork } from "#ledger/return-to-work";
import { lockProblem } from "#ledger/standing";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { isOpen, whyNotDecideObjection } from "./gate.ts";
import type { Round } from "./round.ts";

export const DecideObjection = z.object({ ...drawnFrom, objection: id, upheld: choice(["yes", "no"]), reason: openly(paragraph(1000)) });
export type DecideObjection = z.output<typeof DecideObjection>;

/** Upheld sends a verified problem back to work; one already at work stays there. */
export async function decideObjection(town: Town, by: Officer, at: Date, what: DecideObjection): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    const round = await findRound(town, what.problem);
    refuse(whyNotDecideObjection(standing, round, by) ?? whyNotThis(round, what.objection));
    const upheld = what.upheld === "yes";
    await town.db
      .updateTable("verification.objection")
      .set({ decision: upheld ? "upheld" : "rejected", decided_by: by.id, decided_at: at, decision_reason: what.reason })
      .where("town", "=", town.id)
      .where("id", "=", what.objection)
      .execute();
    const { problem } = standing;
    const version = upheld && problem.status === "verified" ? await returnToWork(town, problem) : await changeProblem(town, problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: upheld ? "objection.upheld" : "objection.rejected",
      subject: { kind: "problem", id: problem.id },
      facts: { version, objection: what.objection },
      words: { reason: what.reason },
    });
  });
}

function whyNotThis(round: Round, id: string): RefusalCode | null {
  const objection = round.objections.find((raised) => raised.id === id);
  if (objection === undefined) return "objection/unknown";
  return isOpen(objection) ? null : "objection/decided";
}
