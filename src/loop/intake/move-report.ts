import { z } from "zod";
import { joinReport } from "#ledger/join-report";
import { lockProblems } from "#ledger/standing";
import { asActor, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, Refusal } from "#refusals";
import { lastAnswerOf } from "#verification/last-answer";
import { leaveReporterOut } from "#verification/leave-reporter-out";
import { appendEvent } from "./events.ts";
import { keepWord } from "./keep-word.ts";
import { CORRECTION, lockToCorrect } from "./lock-to-correct.ts";
import { markRead } from "./mark-read.ts";
import { whyNotJoined } from "./report.ts";

export const MoveReport = z.object({ ...CORRECTION, problem: id });
export type MoveReport = z.infer<typeof MoveReport>;

/**
 * 改并到: the report is about another problem than the one it was joined to; its reporter reads why. Refusals: report/unknown,
 * report/changed, report/not-joined, report/same-problem, those of leaveReporterOut and joinReport.
 */
export async function moveReport(town: Town, by: Officer, at: Date, what: MoveReport): Promise<void> {
  await transact(town, async (town) => {
    const { locked, corrects } = await lockToCorrect(town, by, what);
    refuse(whyNotJoined(locked.status, by));
    const { id: report, channel, problem: from } = locked;
    const { problem } = what;
    if (from === null) throw new Refusal("report/not-joined");
    if (from === problem) throw new Refusal("report/same-problem");
    await lockProblems(town, [from, problem]); // two that move the other way round do not wait for each other
    await leaveReporterOut(town, by, at, { problem: from, report });
    await joinReport(town, by, at, { problem, report, channel, answer: await lastAnswerOf(town, problem, report) });
    const seen = what.seen ?? null;
    await markRead(town, report, seen);
    await town.db
      .updateTable("intake.report")
      .set({ problem, disputed_at: null })
      .where("town", "=", town.id)
      .where("id", "=", report)
      .execute();
    const word = await keepWord(town, by, at, { report, kind: "moved", text: what.reason });
    await appendEvent(town, asActor(by), at, {
      verb: "report.moved",
      subject: { kind: "report", id: report },
      facts: { corrects, from, problem, word, seen },
      words: { reason: what.reason },
    });
  });
}
