import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { id, line } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

/** A report as the ledger may know it: that it exists and by which door it came. */
export const JoinedReport = z.object({
  report: id,
  channel: line(20),
});
export type JoinedReport = z.output<typeof JoinedReport>;

export const JoinReport = JoinedReport.extend({ problem: id });
export type JoinReport = z.output<typeof JoinReport>;

/** Counts do not move the version: a neighbour's report must not send an officer's half-written form back. */
export async function joinReport(town: Town, by: Officer, at: Date, what: JoinReport): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, null);
    refuse(whyNotAct(LEDGER_ACTS.join, standing, by));
    await keepJoined(town, by, at, what.problem, [what]);
    await town.db
      .updateTable("ledger.problem")
      .set({ report_count: standing.problem.reportCount + 1 })
      .where("town", "=", town.id)
      .where("id", "=", what.problem)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "problem.joined",
      subject: { kind: "problem", id: what.problem },
      facts: { report: what.report, channel: what.channel, reports: standing.problem.reportCount + 1 },
    });
  });
}

export async function keepJoined(town: Town, by: Officer, at: Date, problem: string, reports: readonly JoinedReport[]): Promise<void> {
  if (reports.length === 0) return;
  const joined = await town.db
    .insertInto("ledger.joined_report")
    .values(reports.map(({ report, channel }) => ({ town: town.id, problem, report, channel, joined_by: by.id, joined_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .returning("report")
    .execute();
  if (joined.length < reports.length) throw new Refusal("report/not-open");
}
