import type { z } from "zod";
import type { Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { ReplyToReport } from "./reply-to-report.ts";
import { lockToReceive } from "./sealed-reports.ts";
import { sayToReporter } from "./settle-sealed.ts";

export const ReplyToSealedReport = ReplyToReport;
export type ReplyToSealedReport = z.infer<typeof ReplyToSealedReport>;

/** Its receivers write to its reporter, in whatever state it is; a reply is no first answer. Refusal: report/unknown. */
export async function replyToSealedReport(town: Town, by: Officer, at: Date, what: ReplyToSealedReport): Promise<void> {
  await transact(town, async (town) => {
    const { id: report } = await lockToReceive(town, by, what.report);
    await sayToReporter(town, by, at, { report, kind: "replied", text: what.text, seen: what.seen ?? null });
  });
}
