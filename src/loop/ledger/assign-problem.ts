import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { day, id, line, openLines, openly } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { amberOn } from "#limits/deadline";
import { namesNow, whyNotAnswerable } from "./answerable.ts";
import { chosenLeaders, drawnFrom } from "./drawn-from.ts";
import { latestDue, readTiming, whyNotDueOn } from "./due-days.ts";
import { appendEvent } from "./events.ts";
import { moveProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

/** 怎么办、谁来办: one or two leaders, one unit, the steps, the goal, the day. */
export const AssignProblem = z.object({
  ...drawnFrom,
  leaders: chosenLeaders,
  unit: id,
  measures: openLines(300, 20),
  goal: openly(line(300)),
  dueOn: day,
});
export type AssignProblem = z.output<typeof AssignProblem>;

export async function assignProblem(town: Town, by: Officer, at: Date, what: AssignProblem): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotAct(LEDGER_ACTS.assign, standing, by));
    const { leaders, unit, measures, goal, dueOn } = what;
    refuse(await whyNotAnswerable(town, leaders, unit));
    refuse(measures.length === 0 ? "measures/none" : null);
    const today = dayOf(at);
    const timing = await readTiming(town, standing.problem);
    refuse(whyNotDueOn(dueOn, today, latestDue(timing, today)));
    const assignment = newId(at);
    await town.db
      .insertInto("ledger.assignment")
      .values({
        town: town.id,
        id: assignment,
        problem: what.problem,
        leaders,
        unit,
        measures,
        goal,
        due_on: dueOn,
        assigned_by: by.id,
        assigned_at: at,
      })
      .execute();
    const version = await moveProblem(town, standing.problem, "assigned", {
      leaders,
      unit,
      measures,
      goal,
      measures_done: [],
      due_on: dueOn,
      original_due_on: standing.problem.originalDueOn ?? dueOn, // the first promise counts
      assigned_on: today,
      amber_on: amberOn(timing.calendar, today, dueOn),
    });
    await appendEvent(town, asActor(by), at, {
      verb: "problem.assigned",
      subject: { kind: "problem", id: what.problem },
      facts: { version, leaders, unit, dueOn, assignment },
      words: { goal, measures: measures.join("\n"), ...(await namesNow(town, leaders, unit)) },
    });
  });
}
