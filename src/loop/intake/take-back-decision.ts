import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { keepWord } from "./keep-word.ts";
import { CORRECTION, lockToCorrect } from "./lock-to-correct.ts";
import { markRead } from "./mark-read.ts";
import { whyNotTakeBack } from "./report.ts";
import { waitAgain } from "./wait-again.ts";

export const TakeBackDecision = z.object(CORRECTION);
export type TakeBackDecision = z.infer<typeof TakeBackDecision>;

/**
 * 撤回处理: an answer, a referral or a refusal is taken back, with the reason its reporter reads; the report waits again. Refusals:
 * officer/not-allowed, report/unknown, report/changed, report/nothing-to-correct.
 */
export async function takeBackDecision(town: Town, by: Officer, at: Date, what: TakeBackDecision): Promise<void> {
  await transact(town, async (town) => {
    const { locked, corrects } = await lockToCorrect(town, by, what);
    refuse(whyNotTakeBack(locked.status, by));
    const seen = what.seen ?? null;
    await markRead(town, locked.id, seen);
    await waitAgain(town, locked.id);
    const word = await keepWord(town, by, at, { report: locked.id, kind: "taken-back", text: what.reason });
    await appendEvent(town, asActor(by), at, {
      verb: "report.taken-back",
      subject: { kind: "report", id: locked.id },
      facts: { corrects, word, seen },
      words: { reason: what.reason },
    });
  });
}
