import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { choice, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { whyNotProposeDismissal } from "./who-may.ts";

/** Why a problem may not be dealt with at all. */
const GROUNDS = ["untrue", "not_ours", "already_done"] as const;
export type Ground = (typeof GROUNDS)[number];

export const ProposeDismissal = z.object({
  ...drawnFrom,
  ground: choice(GROUNDS),
  reason: openly(paragraph(1000)),
});
export type ProposeDismissal = z.output<typeof ProposeDismissal>;

export async function proposeDismissal(town: Town, by: Officer, at: Date, what: ProposeDismissal): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotProposeDismissal(standing, by));
    const { ground, reason } = what;
    const dismissal = newId(at);
    await town.db
      .insertInto("ledger.dismissal")
      .values({ town: town.id, id: dismissal, problem: what.problem, ground, reason, proposed_by: by.id, proposed_at: at })
      .execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "dismissal.proposed",
      subject: { kind: "problem", id: what.problem },
      facts: { version, ground, dismissal },
      words: { reason },
    });
  });
}
