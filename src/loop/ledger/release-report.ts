import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockProblem } from "./standing.ts";

export const ReleaseReport = z.object({ report: id });
export type ReleaseReport = z.output<typeof ReleaseReport>;

/** The reporter took the report back: it is no longer counted, and nobody is waited for. */
export async function releaseReport(town: Town, by: Actor, at: Date, what: ReleaseReport): Promise<void> {
  await transact(town, async (town) => {
    const joined = town.db
      .selectFrom("ledger.joined_report")
      .select("problem")
      .where("town", "=", town.id)
      .where("report", "=", what.report)
      .where("separated_at", "is", null);
    const found = await joined.executeTakeFirst();
    if (found === undefined) throw new Refusal("report/unknown");
    const { problem } = await lockProblem(town, found.problem, null);
    const released = await town.db
      .updateTable("ledger.joined_report")
      .set({ withdrawn_at: at })
      .where("town", "=", town.id)
      .where("problem", "=", problem.id)
      .where("report", "=", what.report)
      .where("withdrawn_at", "is", null)
      .returning("report")
      .executeTakeFirst();
    if (released === undefined) throw new Refusal("report/nothing-to-withdraw");
    const reports = problem.reportCount - 1;
    await town.db
      .updateTable("ledger.problem")
      .set({ report_count: reports })
      .where("town", "=", town.id)
      .where("id", "=", problem.id)
      .execute();
    await appendEvent(town, by, at, {
      verb: "problem.released",
      subject: { kind: "problem", id: problem.id },
      facts: { report: what.report, reports },
    });
  });
}
