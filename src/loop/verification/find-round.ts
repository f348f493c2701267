import { withoutPersonalNumbers } from "#platform/personal-numbers";
import type { Town } from "#platform/town";
import type { Objection, Question, Round } from "./round.ts";

/**
 * What stands between this problem and its closing, as of the caller's transaction. Whoever works on a problem reads it, so that numbers
 * which lead to a person are masked in what reporters and neighbours wrote.
 */
export async function findRound(town: Town, problem: string): Promise<Round> {
  const check = await town.db
    .selectFrom("verification.check")
    .select(["id", "rectification", "manner", "finding", "outcome", "checked_by as checkedBy", "checked_at as checkedAt"])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("checked_at", "desc")
    .orderBy("id", "desc")
    .executeTakeFirst();
  const objections = await findObjections(town, problem);
  const lookBacks = await findLookBacks(town, problem);
  if (check === undefined) return { check: null, questions: [], unasked: 0, notice: null, objections, lookBacks };
  const notice = await town.db
    .selectFrom("verification.notice")
    .select(["id", "posted_at as postedAt", "posted_by as postedBy", "last_day as lastDay"])
    .where("town", "=", town.id)
    .where("check", "=", check.id)
    .executeTakeFirst();
  const questions = await findQuestions(town, problem, check.id);
  const unasked = await findUnasked(town, problem, check.id);
  return { check, questions, unasked: unasked.length, notice: notice ?? null, objections, lookBacks };
}

async function findQuestions(town: Town, problem: string, check: string): Promise<readonly Question[]> {
  const rows = await town.db
    .selectFrom("verification.question as q")
    .leftJoin("verification.answer as a", (join) => join.onRef("a.town", "=", "q.town").onRef("a.question", "=", "q.id"))
    .leftJoin("verification.overruling as o", (join) => join.onRef("o.town", "=", "q.town").onRef("o.question", "=", "q.id"))
    .leftJoin("ledger.joined_report as j", (join) => join.onRef("j.town", "=", "q.town").onRef("j.report", "=", "q.report"))
    .select(["q.id", "q.report", "q.asked_at as askedAt", "q.open_until as openUntil", "j.withdrawn_at as withdrawnAt"])
    .select(["a.solved", "a.satisfied", "a.why", "a.answered_at as answeredAt"])
    .select(["o.reason", "o.overruled_by as overruledBy", "o.overruled_at as overruledAt"])
    .where("q.town", "=", town.id)
    .where("q.problem", "=", problem)
    .where("q.check", "=", check)
    .orderBy("q.id")
    .execute();
  return rows.map(
    ({ id, report, askedAt, openUntil, withdrawnAt, solved, satisfied, why, answeredAt, reason, overruledBy, overruledAt }) => ({
      id,
      report,
      askedAt,
      openUntil,
      withdrawn: withdrawnAt !== null,
      answer: solved === null || answeredAt === null ? null : { solved, satisfied, why: withoutPersonalNumbers(why ?? ""), answeredAt },
      overruling: reason === null || overruledBy === null || overruledAt === null ? null : { reason, overruledBy, overruledAt },
    }),
  );
}

/** The reports whose senders can be asked about this check and have not been. */
export async function findUnasked(town: Town, problem: string, check: string): Promise<readonly string[]> {
  const rows = await town.db
    .selectFrom("ledger.joined_report as j")
    .select("j.report")
    .where("j.town", "=", town.id)
    .where("j.problem", "=", problem)
    .where("j.reachable", "=", true)
    .where("j.withdrawn_at", "is", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("verification.question as q")
            .select("q.id")
            .whereRef("q.town", "=", "j.town")
            .whereRef("q.report", "=", "j.report")
            .where("q.check", "=", check),
        ),
      ),
    )
    .execute();
  return rows.map((row) => row.report);
}

/** The latest 200: more on one problem is noise, but an open one is never left out. */
async function findObjections(town: Town, problem: string): Promise<readonly Objection[]> {
  const rows = await town.db
    .selectFrom("verification.objection")
    .select(["id", "notice", "reason", "raised_at as raisedAt", "decision", "decided_by as decidedBy", "decided_at as decidedAt"])
    .select("decision_reason as decisionReason")
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("decision", (order) => order.desc().nullsFirst())
    .orderBy("id", "desc")
    .limit(200)
    .execute();
  return rows
    .map((objection) => ({ ...objection, reason: withoutPersonalNumbers(objection.reason) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function findLookBacks(town: Town, problem: string): Promise<Round["lookBacks"]> {
  const rows = await town.db
    .selectFrom("verification.look_back")
    .select(["id", "due_on as dueOn", "outcome", "finding", "done_by as doneBy", "done_at as doneAt", "dropped_at"])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .orderBy("due_on")
    .orderBy("id")
    .execute();
  return rows.map(({ dropped_at, ...lookBack }) => ({ ...lookBack, dropped: dropped_at !== null }));
}
