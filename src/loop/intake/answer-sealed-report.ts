import { z } from "zod";
import type { Officer } from "#people/officer";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { seen } from "./mark-read.ts";
import { lockToSettleSealed, settleSealed } from "./settle-sealed.ts";

export const AnswerSealedReport = z.object({ report: id, text: paragraph(4000), seen });
export type AnswerSealedReport = z.infer<typeof AnswerSealedReport>;

/** Its receivers answer it; its reporter reads the answer, nobody else. Refusals: report/unknown, report/not-open. */
export async function answerSealedReport(town: Town, by: Officer, at: Date, what: AnswerSealedReport): Promise<void> {
  await transact(town, async (town) => {
    await lockToSettleSealed(town, by, what.report);
    await settleSealed(town, by, at, what.report, { status: "answered", text: what.text, seen: what.seen ?? null });
  });
}
