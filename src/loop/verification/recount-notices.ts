import type { Actor } from "#audit/append-event";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { readCalendar } from "#limits/calendar";
import { addWorkingDays } from "#standards/workdays/workdays";
import { changeProblem } from "#ledger/move-problem";
import { lockProblem } from "#ledger/standing";
import { appendEvent } from "./events.ts";

/** The last days of notices that waited for the calendar, counted from the day of posting. Within the caller's transaction. */
export async function recountNotices(town: Town, by: Actor, at: Date): Promise<number> {
  const calendar = await readCalendar(town);
  const undated = await town.db
    .selectFrom("verification.notice")
    .select(["id", "problem", "posted_at", "working_days"])
    .where("town", "=", town.id)
    .where("last_day", "is", null)
    .orderBy("problem")
    .execute();
  let changed = 0;
  for (const { id, problem, posted_at, working_days } of undated) {
    const lastDay = working_days === null ? null : addWorkingDays(calendar, dayOf(posted_at), working_days);
    if (lastDay === null) continue;
    const standing = await lockProblem(town, problem, null);
    await town.db.updateTable("verification.notice").set({ last_day: lastDay }).where("town", "=", town.id).where("id", "=", id).execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, by, at, {
      verb: "notice.dated",
      subject: { kind: "problem", id: problem },
      facts: { version, notice: id, lastDay },
    });
    changed += 1;
  }
  return changed;
}
