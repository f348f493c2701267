import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { leadersHere } from "./answerable.ts";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

export const RemindLeaders = z.object({ ...drawnFrom, note: paragraph(500) });
export type RemindLeaders = z.output<typeof RemindLeaders>;

/**
 * 催办: kept and shown, so that nobody can say they were not told. Only those who still work here were; when none does, the problem is
 * to be handed over instead. Refusals beside those of the act: leaders/gone.
 */
export async function remindLeaders(town: Town, by: Officer, at: Date, what: RemindLeaders): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotAct(LEDGER_ACTS.remind, standing, by));
    const leaders = await leadersHere(town, standing.problem.leaders);
    if (leaders.length === 0 && standing.problem.leaders.length > 0) throw new Refusal("leaders/gone");
    const reminder = newId(at);
    await town.db
      .insertInto("ledger.reminder")
      .values({ town: town.id, id: reminder, problem: what.problem, note: what.note, sent_by: by.id, sent_at: at })
      .execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "problem.reminded",
      subject: { kind: "problem", id: what.problem },
      facts: { version, leaders: [...leaders], reminder },
      words: { note: what.note },
    });
  });
}
