import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { readCalendar } from "#limits/calendar";
import { readPolicy } from "#people/policy";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { markNetwork } from "#platform/network-marks";
import { id, optionalLine, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { changeProblem } from "#ledger/move-problem";
import { lockProblem } from "#ledger/standing";
import { addWorkingDays } from "#standards/workdays/workdays";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { whyNotObject } from "./gate.ts";

/** `address`: where it comes from, as the doors count addresses; empty when nobody knows. */
export const RaiseObjection = z.object({ problem: id, reason: paragraph(1000), address: optionalLine(64) });
export type RaiseObjection = z.output<typeof RaiseObjection>;

/**
 * Each is read, weighed and answered in public. A village says what it has to say in twenty a day; one person does not stop a closing by
 * the hundred.
 */
export const MOST_OBJECTIONS_FROM_HERE = 20;

/**
 * 异议: anybody's, without an account; from now on the town owes an answer by a day. Returns its id.
 * Refusals: those of `whyNotObject`, objection/many-from-here.
 */
export async function raiseObjection(town: Town, by: Actor, at: Date, what: RaiseObjection): Promise<string> {
  return transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, null);
    const round = await findRound(town, what.problem);
    refuse(whyNotObject(standing, round, dayOf(at)));
    if (round.notice === null) throw new Refusal("notice/none");
    const stranger = { act: "objection", about: round.notice.id, address: what.address };
    if (!(await markNetwork(town, at, stranger, MOST_OBJECTIONS_FROM_HERE))) throw new Refusal("objection/many-from-here");
    const objection = newId(at);
    const { objectionWorkingDays: workingDays } = await readPolicy(town);
    const dueOn = addWorkingDays(await readCalendar(town), dayOf(at), workingDays);
    await town.db
      .insertInto("verification.objection")
      .values({
        town: town.id,
        id: objection,
        problem: what.problem,
        notice: round.notice.id,
        reason: what.reason,
        raised_at: at,
        working_days: workingDays,
        due_on: dueOn,
      })
      .execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, by, at, {
      verb: "objection.raised",
      subject: { kind: "problem", id: what.problem },
      facts: { version, objection, notice: round.notice.id, dueOn, workingDays },
      words: { reason: what.reason },
    });
    return objection;
  });
}
