import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { id, line } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { countedAnswers, type Said } from "./counted-answers.ts";
import { appendEvent } from "./events.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

/** A report as the ledger may know it: that it exists and by which door it came. */
export const JoinedReport = z.object({
  report: id,
  channel: line(20),
});
export type JoinedReport = z.output<typeof JoinedReport>;

/** `answer`: what its reporter said last of this very problem, where the report was taken out of it before. */
export type JoinReport = JoinedReport & { readonly problem: string; readonly answer: Said | null };

/**
 * Counts do not move the version: a neighbour's report must not send an officer's half-written form back. A report that comes back brings
 * its answers with it: taking out a "no" and joining it again silences nobody.
 */
export async function joinReport(town: Town, by: Officer, at: Date, what: JoinReport): Promise<void> {
  await transact(town, async (town) => {
    const { report, channel, answer } = what;
    const standing = await lockProblem(town, what.problem, null);
    refuse(whyNotAct(LEDGER_ACTS.join, standing, by));
    await keepJoined(town, by, at, what.problem, [what]);
    const { problem } = standing;
    const reports = problem.reportCount + 1;
    const { answeredCount: answered, solvedCount: solved, satisfiedCount: satisfied } = problem;
    await town.db
      .updateTable("ledger.problem")
      .set({ report_count: reports, ...countedAnswers({ answered, solved, satisfied }, answer, 1) })
      .where("town", "=", town.id)
      .where("id", "=", problem.id)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "problem.joined",
      subject: { kind: "problem", id: problem.id },
      facts: { report, channel, reports, answer },
    });
  });
}

/** A report that was taken out of the problem before comes back to its own row. */
export async function keepJoined(town: Town, by: Officer, at: Date, problem: string, reports: readonly JoinedReport[]): Promise<void> {
  if (reports.length === 0) return;
  const joined = await town.db
    .insertInto("ledger.joined_report")
    .values(reports.map(({ report, channel }) => ({ town: town.id, problem, report, channel, joined_by: by.id, joined_at: at })))
    .onConflict((conflict) =>
      conflict
        .constraint("joined_report_pkey")
        .doUpdateSet({ joined_by: by.id, joined_at: at, separated_at: null })
        .where("ledger.joined_report.separated_at", "is not", null),
    )
    .returning("report")
    .execute();
  if (joined.length < reports.length) throw new Refusal("report/not-open");
}
