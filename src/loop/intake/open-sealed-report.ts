import { z } from "zod";
import { enterProblem, OPENED_WITH } from "#ledger/open-problem";
import type { Officer } from "#people/officer";
import { HALF_A_POSITION, isWholePosition } from "#platform/numbers";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { seen } from "./mark-read.ts";
import { lockToSettleSealed, settleSealed } from "./settle-sealed.ts";

const { reports: _reports, photos: _photos, ...openedWith } = OPENED_WITH;
/** The problem in the receivers' own words: no word and no photo of the report is carried over. */
export const OpenSealedReport = z.object({ ...openedWith, report: id, seen }).refine(isWholePosition, HALF_A_POSITION);
export type OpenSealedReport = z.infer<typeof OpenSealedReport>;

/**
 * Its receivers put on the ledger what is to be done about it. The ledger does not learn that there is a report: it counts none and asks
 * nobody; only the reporter's own page leads to the problem. Refusals: report/unknown, report/not-open, those of enterProblem.
 */
export async function openSealedReport(town: Town, by: Officer, at: Date, what: OpenSealedReport): Promise<{ readonly problem: string }> {
  const { report, seen = null, ...opening } = what;
  return transact(town, async (town) => {
    await lockToSettleSealed(town, by, report);
    const { problem } = await enterProblem(town, by, at, { ...opening, photos: [], reports: [] });
    await settleSealed(town, by, at, report, { status: "accepted", text: "", problem, seen });
    return { problem };
  });
}
