import { z } from "zod";
import { withoutGaps } from "#limits/placeholders";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { keepWord } from "./keep-word.ts";
import { markRead, seen } from "./mark-read.ts";
import { lockReport } from "./settle.ts";

export const ReplyToReport = z.object({ report: id, text: withoutGaps(paragraph(10_000)), seen });
export type ReplyToReport = z.infer<typeof ReplyToReport>;

/**
 * Writes to the reporter, in whatever state the report is, also when it was taken back. What they added until then counts as read. It
 * moves nothing else: a reply is no first answer and stops no clock (docs/decisions/0067). Refusals: officer/not-allowed, report/unknown.
 */
export async function replyToReport(town: Town, by: Officer, at: Date, what: ReplyToReport): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "clerk", "office"));
    const { id: report } = await lockReport(town, what.report);
    const seen = what.seen ?? null;
    await markRead(town, report, seen);
    const word = await keepWord(town, by, at, { report, kind: "replied", text: what.text });
    await appendEvent(town, asActor(by), at, {
      verb: "report.replied",
      subject: { kind: "report", id: report },
      facts: { word, seen },
      words: { text: what.text },
    });
  });
}
