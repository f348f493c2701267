import { z } from "zod";
import { withoutGaps } from "#limits/placeholders";
import { asActor, type Officer } from "#people/officer";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { seen } from "./mark-read.ts";
import { lockToSettle, settle } from "./settle.ts";

export const AnswerReport = z.object({ report: id, text: withoutGaps(paragraph(4000)), seen });
export type AnswerReport = z.infer<typeof AnswerReport>;

/**
 * Answers a report directly: nothing needs to be done, or the question is answered. Refusals: officer/not-allowed, report/unknown,
 * report/not-open.
 */
export async function answerReport(town: Town, by: Officer, at: Date, what: AnswerReport): Promise<void> {
  await transact(town, async (town) => {
    await lockToSettle(town, by, what.report);
    const seen = what.seen ?? null;
    const word = await settle(town, by, at, what.report, { status: "answered", text: what.text, seen });
    await appendEvent(town, asActor(by), at, {
      verb: "report.answered",
      subject: { kind: "report", id: what.report },
      facts: { word, seen },
      words: { text: what.text },
    });
  });
}
