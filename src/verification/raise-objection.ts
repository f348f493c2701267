import { z } from "zod";
import { appendEvent, type Actor } from "#audit/append-event";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { changeProblem } from "#ledger/move-problem";
import { lockProblem } from "#ledger/standing";
import { findRound } from "./find-round.ts";
import { whyNotObject } from "./gate.ts";

export const RaiseObjection = z.object({ problem: id, reason: paragraph(1000) });
export type RaiseObjection = z.output<typeof RaiseObjection>;

/** 异议: anybody's, without an account. Returns its id. */
export async function raiseObjection(town: Town, by: Actor, at: Date, what: RaiseObjection): Promise<string> {
  return transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, null);
    const round = await findRound(town, what.problem);
    refuse(whyNotObject(standing, round, dayOf(at)));
    if (round.notice === null) throw new Refusal("notice/none");
    const objection = newId(at);
    await town.db
      .insertInto("verification.objection")
      .values({ town: town.id, id: objection, problem: what.problem, notice: round.notice.id, reason: what.reason, raised_at: at })
      .execute();
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, by, at, {
      verb: "objection.raised",
      subject: { kind: "problem", id: what.problem },
      facts: { version, objection },
      words: { reason: what.reason },
    });
    return objection;
  });
}
