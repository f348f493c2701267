import { z } from "zod";
import * as ledger from "#ledger/undo-opening";
import type { Officer } from "#people/officer";
import { openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, Refusal } from "#refusals";
import { CORRECTION, lockToCorrect } from "./lock-to-correct.ts";
import { whyNotJoined } from "./report.ts";
import { takeOut } from "./separate-report.ts";

/** The reason is public: it stands under the number. */
export const UndoOpening = z.object({ ...CORRECTION, reason: openly(paragraph(1000)) });
export type UndoOpening = z.infer<typeof UndoOpening>;

/**
 * 撤销立项: takes back an opening that nothing has followed. The number stays, the report waits again. Refusals: report/unknown,
 * report/changed, report/not-joined, those of the ledger's undoOpening and of leaveReporterOut.
 */
export async function undoOpening(town: Town, by: Officer, at: Date, what: UndoOpening): Promise<void> {
  await transact(town, async (town) => {
    const opened = await lockToCorrect(town, by, what);
    refuse(whyNotJoined(opened.locked.status, by));
    const { problem } = opened.locked;
    if (problem === null) throw new Refusal("report/not-joined");
    await ledger.undoOpening(town, by, at, { problem, reason: what.reason });
    await takeOut(town, by, at, opened, what);
  });
}
