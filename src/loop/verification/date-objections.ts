import type { Actor } from "#audit/append-event";
import { readCalendar } from "#limits/calendar";
import { lockProblems } from "#ledger/standing";
import { readPolicy } from "#people/policy";
import { dayOf } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { addWorkingDays } from "#standards/workdays/workdays";
import { appendEvent } from "./events.ts";

const MOST_AT_ONCE = 500;

/**
 * By which day open objections are answered that have none yet: they waited for the calendar, or were raised before there were such days.
 * Counted from the day they were raised. Returns how many.
 */
export async function dateObjections(town: Town, by: Actor, at: Date): Promise<number> {
  return transact(town, async (town) => {
    const undated = await findUndated(town);
    if (undated.length === 0) return 0;
    const calendar = await readCalendar(town);
    const { objectionWorkingDays } = await readPolicy(town);
    let dated = 0;
    for (const { id, problem, raisedAt, workingDays } of undated) {
      const days = workingDays ?? objectionWorkingDays;
      const dueOn = addWorkingDays(calendar, dayOf(raisedAt), days);
      if (dueOn === null) continue;
      await lockProblems(town, [problem]);
      const { numUpdatedRows } = await town.db
        .updateTable("verification.objection")
        .set({ due_on: dueOn, working_days: days })
        .where("town", "=", town.id)
        .where("id", "=", id)
        .where("decision", "is", null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) continue; // somebody has just decided it
      await appendEvent(town, by, at, {
        verb: "objection.dated",
        subject: { kind: "problem", id: problem },
        facts: { objection: id, dueOn, workingDays: days },
      });
      dated += 1;
    }
    return dated;
  });
}

async function findUndated(town: Town) {
  return town.db
    .selectFrom("verification.objection")
    .select(["id", "problem", "raised_at as raisedAt", "working_days as workingDays"])
    .where("town", "=", town.id)
    .where("decision", "is", null)
    .where("due_on", "is", null)
    .orderBy("problem")
    .orderBy("id")
    .limit(MOST_AT_ONCE)
    .execute();
}
