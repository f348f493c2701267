import { whyNotUninvolved } from "#ledger/involvement";
import { separateReport } from "#ledger/separate-report";
import { lockProblem } from "#ledger/standing";
import type { Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { findRound } from "./find-round.ts";
import { isSilent } from "./gate.ts";
import { lastAnswerOf } from "./last-answer.ts";

/**
 * Takes a report out of a problem it is not about, with all that its reporter was asked and answered there. It may take a "no" out of the
 * way of the closing, so nobody who is involved does it. Refusals: problem/unknown, officer/answerable, officer/involved,
 * report/not-joined.
 */
export async function leaveReporterOut(
  town: Town,
  by: Officer,
  at: Date,
  { problem, report }: { readonly problem: string; readonly report: string },
): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, problem, null);
    refuse(whyNotUninvolved(standing, by));
    const { questions } = await findRound(town, problem);
    const isCounted = standing.problem.status === "closed";
    const silent = isCounted && questions.some((question) => question.report === report && isSilent(question, at));
    await separateReport(town, by, at, { problem, report, answer: await lastAnswerOf(town, problem, report), silent });
  });
}
