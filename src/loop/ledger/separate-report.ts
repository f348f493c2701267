import { asActor, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { countedAnswers, type Said } from "./counted-answers.ts";
import { appendEvent } from "./events.ts";
import { lockProblem } from "./standing.ts";

/** `answer`: what its reporter said last of the problem; `silent`: whether the closing counted them as silent. */
export type SeparateReport = {
  readonly problem: string;
  readonly report: string;
  readonly answer: Said | null;
  readonly silent: boolean;
};

/** 移出: the report is not about this problem. It is no longer counted, nor is what its reporter answered. Moves no version, as joining. */
export async function separateReport(town: Town, by: Officer, at: Date, what: SeparateReport): Promise<void> {
  await transact(town, async (town) => {
    const { report, answer, silent } = what;
    const { problem } = await lockProblem(town, what.problem, null);
    const separated = await town.db
      .updateTable("ledger.joined_report")
      .set({ separated_at: at })
      .where("town", "=", town.id)
      .where("problem", "=", problem.id)
      .where("report", "=", report)
      .where("separated_at", "is", null)
      .where("withdrawn_at", "is", null)
      .returning("channel")
      .executeTakeFirst();
    if (separated === undefined) throw new Refusal("report/not-joined");
    const reports = problem.reportCount - 1;
    const { answeredCount: answered, solvedCount: solved, satisfiedCount: satisfied } = problem;
    await town.db
      .updateTable("ledger.problem")
      .set((eb) => ({
        report_count: reports,
        silent_count: eb("silent_count", "-", silent ? 1 : 0),
        ...countedAnswers({ answered, solved, satisfied }, answer, -1),
      }))
      .where("town", "=", town.id)
      .where("id", "=", problem.id)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "problem.separated",
      subject: { kind: "problem", id: problem.id },
      facts: { report, channel: separated.channel, reports, answer, silent },
    });
  });
}
