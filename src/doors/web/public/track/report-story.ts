import type { Report } from "#intake/queries";
import { findReportersOwn } from "#intake/sealed-reports";
import type { Problem } from "#ledger/problem";
import type { Town } from "#platform/town";
import { findStory, type Story } from "#publication/problem-story";
import { findRound } from "#verification/find-round";
import { isOwnAnswer } from "#verification/gate";
import type { Question, Round } from "#verification/round";

/** A report with the problem it led to and what its own reporter was asked. */
export type ReportStory = {
  readonly report: Report;
  readonly problem: Problem | null;
  /** The same as everybody reads it. */
  readonly told: Story | null;
  /** What this very reporter was asked in the present round. */
  readonly questions: readonly Question[];
  /** What stands between its problem and the closing. */
  readonly round: Round | null;
};

export async function readReportStory(town: Town, id: string): Promise<ReportStory | null> {
  const report = await findReportersOwn(town, id);
  if (report === null) return null;
  if (report.problem === null || report.problemNumber === null) return { report, problem: null, told: null, questions: [], round: null };
  const told = await findStory(town, report.problemNumber);
  const round = await findRound(town, report.problem);
  const questions = round.questions.filter((question) => question.report === id);
  return { report, problem: told?.problem ?? null, told, questions, round };
}

/** The question the reporter can answer now, if any: also one that an officer recorded an answer to, which their own would replace. */
export function openQuestion({ problem, questions }: ReportStory, at: Date): Question | null {
  if (problem?.status !== "verified") return null;
  return questions.find((question) => !isOwnAnswer(question) && !question.withdrawn && at <= question.openUntil) ?? null;
}
