import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { amberOn } from "#limits/deadline";
import { latestDue, readTiming } from "./due-days.ts";
import { moveProblem } from "./move-problem.ts";
import type { Problem } from "./problem.ts";

/** Not done after all (a failed check, an upheld objection or flag, an honoured "no"): the due day stays. Returns the version. */
export async function returnToWork(town: Town, problem: Problem): Promise<number> {
  return moveProblem(town, problem, "assigned", { rectified_on: null });
}

/**
 * It came back after closing: the same number, the relapse counted for ever, and a due day anew, because the old one lies
 * before the closing: the limit from today, null until the calendar it needs arrives. The first due day stays the one by which
 * being on time is measured.
 */
export async function relapse(
  town: Town,
  at: Date,
  problem: Problem,
): Promise<{ readonly version: number; readonly newDueOn: string | null }> {
  const today = dayOf(at);
  const timing = await readTiming(town, problem);
  const limit = latestDue(timing, today);
  const newDueOn = limit.known ? limit.day : null;
  const version = await moveProblem(town, problem, "assigned", {
    rectified_on: null,
    closed_on: null,
    measures_done: [],
    silent_count: 0, // who was silent is asked anew
    silent_attempt_count: 0,
    relapse_count: problem.relapseCount + 1,
    due_on: newDueOn,
    assigned_on: today,
    amber_on: newDueOn === null ? null : amberOn(timing.calendar, today, newDueOn),
  });
  return { version, newDueOn };
}
