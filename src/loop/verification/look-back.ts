import { z } from "zod";
import { unitNameNow } from "#ledger/answerable";
import { asActor, type Officer } from "#people/officer";
import { dayOf, type Day } from "#platform/instant";
import { choice, id, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { drawnFrom } from "#ledger/drawn-from";
import { changeProblem } from "#ledger/move-problem";
import { relapse } from "#ledger/return-to-work";
import { lockProblem } from "#ledger/standing";
import { dropLookBacks } from "./drop-look-backs.ts";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { whyNotLookBack } from "./gate.ts";
import type { Round } from "./round.ts";

export const LookBack = z.object({ ...drawnFrom, lookBack: id, outcome: choice(["held", "relapsed"]), finding: openly(paragraph(2000)) });
export type LookBack = z.output<typeof LookBack>;

/** 回头看: held, or relapsed – then the problem is back at work under the same number. */
export async function lookBack(town: Town, by: Officer, at: Date, what: LookBack): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    const round = await findRound(town, what.problem);
    refuse(whyNotLookBack(standing, round, by, dayOf(at)) ?? whyNotThis(round, what.lookBack, dayOf(at)));
    const { problem, outcome, finding } = what;
    const { due_on } = await town.db
      .updateTable("verification.look_back")
      .set({ outcome, finding, done_by: by.id, done_at: at })
      .where("town", "=", town.id)
      .where("id", "=", what.lookBack)
      .returning("due_on")
      .executeTakeFirstOrThrow();
    const subject = { kind: "problem", id: problem } as const;
    const facts = { lookBack: what.lookBack, dueOn: due_on, unit: by.unit };
    const words = { finding, verifier: by.name, unitName: await unitNameNow(town, by.unit) };
    if (outcome === "relapsed") {
      const moved = await relapse(town, at, standing.problem);
      await dropLookBacks(town, at, problem);
      await appendEvent(town, asActor(by), at, { verb: "look-back.relapsed", subject, facts: { ...facts, ...moved }, words });
    } else {
      const version = await changeProblem(town, standing.problem, {});
      await appendEvent(town, asActor(by), at, { verb: "look-back.held", subject, facts: { ...facts, version }, words });
    }
  });
}

function whyNotThis(round: Round, id: string, today: Day): RefusalCode | null {
  const chosen = round.lookBacks.find((lookBack) => lookBack.id === id);
  if (chosen === undefined || chosen.dropped) return "look-back/unknown";
  if (chosen.outcome !== null) return "look-back/done";
  return chosen.dueOn <= today ? null : "look-back/not-due";
}
