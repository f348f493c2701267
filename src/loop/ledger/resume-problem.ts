import { z } from "zod";
import { SYSTEM, type Actor } from "#audit/append-event";
import { asActor, type Officer } from "#people/officer";
import { eachByItself } from "#platform/each-by-itself";
import { addDays, dayOf, daysBetween, type Day } from "#platform/instant";
import { openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { amberOn } from "#limits/deadline";
import { drawnFrom } from "./drawn-from.ts";
import { readTiming } from "./due-days.ts";
import { appendEvent } from "./events.ts";
import { moveProblem, type ProblemChange } from "./move-problem.ts";
import type { Problem } from "./problem.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

export const ResumeProblem = z.object({ ...drawnFrom, reason: openly(paragraph(1000)) });
export type ResumeProblem = z.output<typeof ResumeProblem>;

/** The office ends a suspension before its day. */
export async function resumeProblem(town: Town, by: Officer, at: Date, what: ResumeProblem): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotAct(LEDGER_ACTS.resume, standing, by));
    await endSuspension(town, asActor(by), at, standing.problem, what.reason);
  });
}

/**
 * Suspensions end by themselves on their day; each in its own transaction and at any number. One that cannot is set aside: the office
 * finds it among what waits for it, the others resume. Returns how many ended.
 */
export async function resumeDueProblems(town: Town, at: Date): Promise<number> {
  const due = await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", town.id)
    .where("status", "=", "suspended")
    .where("resume_on", "<=", dayOf(at))
    .orderBy("resume_on")
    .execute();
  return eachByItself(due, "resume suspended problems", ({ id }) => resumeByItself(town, at, id));
}

async function resumeByItself(town: Town, at: Date, id: string): Promise<boolean> {
  return transact(town, async (town) => {
    const { problem } = await lockProblem(town, id, null);
    if (problem.status !== "suspended") return false; // the office was quicker
    await endSuspension(town, SYSTEM, at, problem, "");
    return true;
  });
}

async function endSuspension(town: Town, by: Actor, at: Date, problem: Problem, reason: string): Promise<void> {
  const suspension = await town.db
    .updateTable("ledger.suspension")
    .set({ ended_at: at, ended_by: by.kind === "officer" ? by.id : null })
    .where("town", "=", town.id)
    .where("problem", "=", problem.id)
    .where("decision", "=", "approved")
    .where("ended_at", "is", null)
    .returning(["id", "decided_at"])
    .executeTakeFirstOrThrow();
  const change = await afterStandstill(town, problem, daysBetween(dayOf(suspension.decided_at ?? at), dayOf(at)));
  const version = await moveProblem(town, problem, "assigned", { ...change, resume_on: null });
  await appendEvent(town, by, at, {
    verb: "suspension.ended",
    subject: { kind: "problem", id: problem.id },
    facts: { version, fromDueOn: problem.dueOn, newDueOn: change.due_on, assignedOn: change.assigned_on ?? problem.assignedOn },
    words: { reason },
  });
}

/**
 * The clock stood still: the due day moves by the days suspended. One that waits for the calendar is counted from `assigned_on`,
 * which moves instead.
 */
async function afterStandstill(town: Town, problem: Problem, days: number): Promise<ProblemChange & { readonly due_on: Day | null }> {
  const { dueOn, assignedOn } = problem;
  if (assignedOn === null) throw new Refusal("problem/wrong-status");
  if (dueOn === null) return { due_on: null, assigned_on: addDays(assignedOn, days) };
  const due_on = addDays(dueOn, days);
  const { calendar } = await readTiming(town, problem);
  return { due_on, amber_on: amberOn(calendar, assignedOn, due_on) };
}
