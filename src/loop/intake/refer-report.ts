import { z } from "zod";
import { withoutGaps } from "#limits/placeholders";
import { asActor, type Officer } from "#people/officer";
import { id, line, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { seen } from "./mark-read.ts";
import { lockToSettle, settle } from "./settle.ts";

export const ReferReport = z.object({ report: id, referredTo: line(100), reason: withoutGaps(paragraph(1000)), seen });
export type ReferReport = z.infer<typeof ReferReport>;

/**
 * Hands a report on to whoever is responsible outside the town, and tells the reporter to whom and why. Refusals: officer/not-allowed,
 * report/unknown, report/not-open.
 */
export async function referReport(town: Town, by: Officer, at: Date, what: ReferReport): Promise<void> {
  await transact(town, async (town) => {
    await lockToSettle(town, by, what.report);
    const seen = what.seen ?? null;
    const word = await settle(town, by, at, what.report, { status: "referred", text: what.reason, referredTo: what.referredTo, seen });
    await appendEvent(town, asActor(by), at, {
      verb: "report.referred",
      subject: { kind: "report", id: what.report },
      facts: { word, seen },
      words: { referredTo: what.referredTo, reason: what.reason },
    });
  });
}
