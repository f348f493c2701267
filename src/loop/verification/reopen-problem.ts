import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "#ledger/drawn-from";
import { relapse } from "#ledger/return-to-work";
import { lockProblem } from "#ledger/standing";
import { dropLookBacks } from "./drop-look-backs.ts";
import { appendEvent } from "./events.ts";
import { whyNotReopen } from "./gate.ts";

export const ReopenProblem = z.object({ ...drawnFrom, reason: openly(paragraph(1000)) });
export type ReopenProblem = z.output<typeof ReopenProblem>;

/** The same problem is back before anybody looked: the same number, the relapse counted. */
export async function reopenProblem(town: Town, by: Officer, at: Date, what: ReopenProblem): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotReopen(standing, by));
    const moved = await relapse(town, at, standing.problem);
    await dropLookBacks(town, at, what.problem);
    await appendEvent(town, asActor(by), at, {
      verb: "problem.recurred",
      subject: { kind: "problem", id: what.problem },
      facts: { ...moved },
      words: { reason: what.reason },
    });
  });
}
