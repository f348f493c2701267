import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { addDays, dayOf } from "#platform/instant";
import { openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { readPolicy } from "#people/policy";
import { drawnFrom } from "#ledger/drawn-from";
import { moveProblem } from "#ledger/move-problem";
import { lockProblem } from "#ledger/standing";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { isSilent, whyNotClose } from "./gate.ts";

export const CloseProblem = z.object({ ...drawnFrom, statement: openly(paragraph(2000)) });
export type CloseProblem = z.output<typeof CloseProblem>;

/** 销号: the number is struck off once every line of the gate holds; the look-backs are scheduled with it. */
export async function closeProblem(town: Town, by: Officer, at: Date, what: CloseProblem): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    const round = await findRound(town, what.problem);
    refuse(whyNotClose(standing, round, by, at));
    if (round.check === null) throw new Refusal("problem/wrong-status");
    const closing = newId(at);
    const today = dayOf(at);
    const { problem, statement } = what;
    await town.db
      .insertInto("verification.closing")
      .values({ town: town.id, id: closing, problem, check: round.check.id, statement, closed_by: by.id, closed_at: at })
      .execute();
    const lookBacks = (await readPolicy(town)).lookBackDays.map((days) => ({ id: newId(at), due_on: addDays(today, days) }));
    if (lookBacks.length > 0) {
      await town.db
        .insertInto("verification.look_back")
        .values(lookBacks.map((lookBack) => ({ town: town.id, ...lookBack, problem, closing })))
        .execute();
    }
    const whoIsSilent = round.questions.filter((asked) => isSilent(asked, at));
    const silent = whoIsSilent.length;
    const attempts = whoIsSilent.reduce((sum, asked) => sum + asked.attempts.length, 0);
    const version = await moveProblem(town, standing.problem, "closed", {
      closed_on: today,
      silent_count: silent,
      silent_attempt_count: attempts,
    });
    await appendEvent(town, asActor(by), at, {
      verb: "problem.closed",
      subject: { kind: "problem", id: problem },
      facts: {
        version,
        closing,
        check: round.check.id,
        silent,
        attempts,
        lookBacks: lookBacks.map(({ due_on }) => due_on),
        lookBackIds: lookBacks.map(({ id }) => id),
      },
      words: { statement },
    });
  });
}
