import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { readCalendar } from "#limits/calendar";
import { readPolicy } from "#people/policy";
import { addWorkingDays } from "#standards/workdays/workdays";
import { drawnFrom } from "#ledger/drawn-from";
import { changeProblem } from "#ledger/move-problem";
import { lockProblem } from "#ledger/standing";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { whyNotPostNotice } from "./gate.ts";

export const PostNotice = z.object({ ...drawnFrom });
export type PostNotice = z.output<typeof PostNotice>;

/**
 * 公示: so many working days after today, the last one whole, in which anyone may object. Where the calendar cannot say yet which day
 * that is, the notice stands until it arrives and its last day is counted then.
 */
export async function postNotice(town: Town, by: Officer, at: Date, what: PostNotice): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    const round = await findRound(town, what.problem);
    refuse(whyNotPostNotice(standing, round, by));
    if (round.check === null) throw new Refusal("problem/wrong-status");
    const { noticeWorkingDays } = await readPolicy(town);
    const lastDay = addWorkingDays(await readCalendar(town), dayOf(at), noticeWorkingDays);
    const notice = newId(at);
    await town.db
      .insertInto("verification.notice")
      .values({
        town: town.id,
        id: notice,
        problem: what.problem,
        check: round.check.id,
        posted_at: at,
        posted_by: by.id,
        last_day: lastDay,
        working_days: noticeWorkingDays,
      })
      .execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "notice.posted",
      subject: { kind: "problem", id: what.problem },
      facts: { version, notice, lastDay, check: round.check.id, workingDays: noticeWorkingDays },
    });
  });
}
