import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { id, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { namesNow, whyNotAnswerable } from "./answerable.ts";
import { chosenLeaders, drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import type { Problem } from "./problem.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

export const HandOver = z.object({ ...drawnFrom, leaders: chosenLeaders, unit: id, reason: openly(paragraph(1000)) });
export type HandOver = z.output<typeof HandOver>;

/**
 * Other leaders or another unit, for a reason: who leaves does not wait for a suspension or a check to end. Where the problem stands
 * does not change, nor do its measures, goal and due day; the earlier names stay in the history.
 */
export async function handOver(town: Town, by: Officer, at: Date, what: HandOver): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotAct(LEDGER_ACTS["hand-over"], standing, by));
    const { problem } = standing;
    const { leaders, unit, reason } = what;
    refuse(await whyNotAnswerable(town, leaders, unit));
    refuse(whyNothingNew(problem, leaders, unit));
    const assignment = newId(at);
    await town.db
      .insertInto("ledger.assignment")
      .values({
        town: town.id,
        id: assignment,
        problem: problem.id,
        leaders,
        unit,
        reason,
        assigned_by: by.id,
        assigned_at: at,
        measures: [...problem.measures],
        goal: problem.goal,
        due_on: problem.dueOn,
      })
      .execute();
    const version = await changeProblem(town, problem, { leaders, unit });
    await appendEvent(town, asActor(by), at, {
      verb: "problem.handed-over",
      subject: { kind: "problem", id: problem.id },
      facts: { version, leaders, unit, fromLeaders: [...problem.leaders], fromUnit: problem.unit, assignment },
      words: { reason, ...(await namesNow(town, leaders, unit)), ...(await formerNames(town, problem)) },
    });
  });
}

/** What those who hand over are called now. */
async function formerNames(town: Town, { leaders, unit }: Problem) {
  if (unit === null) return {};
  const { leader1, leader2, unitName } = await namesNow(town, leaders, unit);
  return { fromLeader1: leader1, fromLeader2: leader2, fromUnitName: unitName };
}

function whyNothingNew(problem: Problem, leaders: readonly string[], unit: string): RefusalCode | null {
  const sameLeaders = leaders.length === problem.leaders.length && leaders.every((leader) => problem.leaders.includes(leader));
  return sameLeaders && unit === problem.unit ? "hand-over/nothing-new" : null;
}
