import { z } from "zod";
import { whyNotUninvolved } from "#ledger/involvement";
import { readStanding } from "#ledger/standing";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, Refusal } from "#refusals";
import { appendEvent } from "./events.ts";
import { keepWord } from "./keep-word.ts";
import { markRead, seen } from "./mark-read.ts";
import { lockReport } from "./settle.ts";

export const ConfirmJoin = z.object({ report: id, reason: paragraph(1000), seen });
export type ConfirmJoin = z.infer<typeof ConfirmJoin>;

/**
 * The reporter said that the problem is not what they meant; somebody uninvolved has looked and says why it is. Refusals:
 * officer/not-allowed, officer/answerable, officer/involved, report/unknown, report/not-disputed.
 */
export async function confirmJoin(town: Town, by: Officer, at: Date, what: ConfirmJoin): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "clerk", "office"));
    const { id: report, problem, disputedAt } = await lockReport(town, what.report);
    if (problem === null || disputedAt === null) throw new Refusal("report/not-disputed");
    refuse(whyNotUninvolved(await readStanding(town, problem), by));
    const seen = what.seen ?? null;
    await markRead(town, report, seen);
    await town.db.updateTable("intake.report").set({ disputed_at: null }).where("town", "=", town.id).where("id", "=", report).execute();
    const word = await keepWord(town, by, at, { report, kind: "join-confirmed", text: what.reason });
    await appendEvent(town, asActor(by), at, {
      verb: "report.join-confirmed",
      subject: { kind: "report", id: report },
      facts: { problem, word, seen },
      words: { reason: what.reason },
    });
  });
}
