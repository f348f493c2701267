import { z } from "zod";
import { withoutGaps } from "#limits/placeholders";
import { asActor, type Officer } from "#people/officer";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { seen } from "./mark-read.ts";
import { lockToSettle, settle } from "./settle.ts";

export const DeclineReport = z.object({ report: id, reason: withoutGaps(paragraph(1000)), seen });
export type DeclineReport = z.infer<typeof DeclineReport>;

/** Declines a report, with the reason its reporter will read. Refusals: officer/not-allowed, report/unknown, report/not-open. */
export async function declineReport(town: Town, by: Officer, at: Date, what: DeclineReport): Promise<void> {
  await transact(town, async (town) => {
    await lockToSettle(town, by, what.report);
    const seen = what.seen ?? null;
    const word = await settle(town, by, at, what.report, { status: "declined", text: what.reason, seen });
    await appendEvent(town, asActor(by), at, {
      verb: "report.declined",
      subject: { kind: "report", id: what.report },
      facts: { word, seen },
      words: { reason: what.reason },
    });
  });
}
