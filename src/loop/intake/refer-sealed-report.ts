import { z } from "zod";
import type { Officer } from "#people/officer";
import { id, line, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { seen } from "./mark-read.ts";
import { lockToSettleSealed, settleSealed } from "./settle-sealed.ts";

export const ReferSealedReport = z.object({ report: id, referredTo: line(100), reason: paragraph(1000), seen });
export type ReferSealedReport = z.infer<typeof ReferSealedReport>;

/** Its receivers hand it upwards, and tell its reporter to whom and why. Refusals: report/unknown, report/not-open. */
export async function referSealedReport(town: Town, by: Officer, at: Date, what: ReferSealedReport): Promise<void> {
  await transact(town, async (town) => {
    await lockToSettleSealed(town, by, what.report);
    const { reason: text, referredTo, seen = null } = what;
    await settleSealed(town, by, at, what.report, { status: "referred", text, referredTo, seen });
  });
}
