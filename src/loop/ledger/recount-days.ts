import type { Actor } from "#audit/append-event";
import type { Day } from "#platform/instant";
import { takeInOrder } from "#platform/lock-order";
import { noteChanged } from "#platform/settling";
import type { Town } from "#platform/town";
import { readCalendar } from "#limits/calendar";
import { amberOn } from "#limits/deadline";
import type { Calendar } from "#standards/workdays/workdays";
import { latestDue, readTiming } from "./due-days.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";

/**
 * Counts again, with the calendar as it is now: from which day each entry under work is amber, and the due days that waited for it.
 * A due day that was set is a promise and stays. Returns how many changed. Within the caller's transaction; an entry somebody
 * acts on meanwhile is waited for.
 */
export async function recountDays(town: Town, by: Actor, at: Date): Promise<number> {
  const calendar = await readCalendar(town);
  return (await recountAmber(town, calendar)) + (await recountDue(town, by, at));
}

async function recountAmber(town: Town, calendar: Calendar): Promise<number> {
  takeInOrder("problem");
  const open = await town.db
    .selectFrom("ledger.problem")
    .select(["id", "due_on as dueOn", "assigned_on as assignedOn", "amber_on as amberOn"])
    .where("town", "=", town.id)
    .where("status", "in", ["assigned", "suspended"])
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  let changed = 0;
  for (const { id, dueOn, assignedOn, amberOn: before } of open) {
    if (dueOn === null || assignedOn === null) continue;
    const now = amberOn(calendar, assignedOn, dueOn);
    if (now === before) continue;
    await town.db.updateTable("ledger.problem").set({ amber_on: now }).where("town", "=", town.id).where("id", "=", id).execute();
    noteChanged(town, id);
    changed += 1;
  }
  return changed;
}

/** Whatever became of a problem meanwhile, a day it was owed is counted: figures count by it too. */
async function recountDue(town: Town, by: Actor, at: Date): Promise<number> {
  const undated = await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", town.id)
    .where("due_on", "is", null)
    .where("assigned_on", "is not", null)
    .orderBy("id")
    .execute();
  let changed = 0;
  for (const { id } of undated) if (await dateProblem(town, by, at, id)) changed += 1;
  return changed;
}

async function dateProblem(town: Town, by: Actor, at: Date, id: string): Promise<boolean> {
  const { problem } = await lockProblem(town, id, null);
  const { dueOn, assignedOn } = problem;
  if (dueOn !== null || assignedOn === null) return false;
  const due = await dueFrom(town, problem, assignedOn);
  if (due === null) return false;
  const version = await changeProblem(town, problem, due);
  await appendEvent(town, by, at, { verb: "problem.dated", subject: { kind: "problem", id }, facts: { version, dueOn: due.due_on } });
  return true;
}

async function dueFrom(town: Town, problem: { readonly category: string; readonly campaign: string | null }, assignedOn: Day) {
  const timing = await readTiming(town, problem);
  const { day, known } = latestDue(timing, assignedOn);
  return known ? { due_on: day, amber_on: amberOn(timing.calendar, assignedOn, day) } : null;
}
