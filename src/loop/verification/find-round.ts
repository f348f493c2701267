import { withoutPersonalNumbers } from "#platform/personal-numbers";
import type { Town } from "#platform/town";
import { findReporters, type Reporter } from "./reporters.ts";
import { MANNERS, type Answer, type Objection, type Question, type Round } from "./round.ts";

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
  const reporters = (await findReporters(town, [problem])).get(problem) ?? [];
  const unreachable = reportsOf(reporters.filter(({ withdrawn, reachable }) => !withdrawn && !reachable));
  if (check === undefined) return { check: null, questions: [], unasked: [], unreachable, notice: null, objections, lookBacks };
  const notice = await town.db
    .selectFrom("verification.notice")
    .select(["id", "posted_at as postedAt", "posted_by as postedBy", "last_day as lastDay"])
    .where("town", "=", town.id)
    .where("check", "=", check.id)
    .executeTakeFirst();
  const questions = await findQuestions(town, problem, check.id, reporters);
  const asked = new Set(questions.map(({ report }) => report));
  const unasked = reportsOf(reporters.filter(({ report, withdrawn, reachable }) => !withdrawn && reachable && !asked.has(report)));
  return { check, questions, unasked, unreachable, notice: notice ?? null, objections, lookBacks };
}

function reportsOf(reporters: readonly Reporter[]): readonly string[] {
  return reporters.map(({ report }) => report);
}

async function findQuestions(town: Town, problem: string, check: string, reporters: readonly Reporter[]): Promise<readonly Question[]> {
  const rows = await town.db
    .selectFrom("verification.question as q")
    .leftJoin("verification.answer as a", (join) => join.onRef("a.town", "=", "q.town").onRef("a.question", "=", "q.id"))
    .leftJoin("verification.overruling as o", (join) =>
      join.onRef("o.town", "=", "q.town").onRef("o.question", "=", "q.id").onRef("o.overruled_at", ">=", "a.answered_at"),
    )
    .select(["q.id", "q.report", "q.asked_at as askedAt", "q.open_until as openUntil"])
    .select(["a.solved", "a.satisfied", "a.why", "a.answered_at as answeredAt", "a.manner", "a.recorded_by as recordedBy"])
    .select(["o.reason", "o.overruled_by as overruledBy", "o.overruled_at as overruledAt"])
    .where("q.town", "=", town.id)
    .where("q.problem", "=", problem)
    .where("q.check", "=", check)
    .orderBy("q.id")
    .execute();
  const byReport = new Map(reporters.map((reporter) => [reporter.report, reporter]));
  return rows.map((row) => questionOf(row, byReport.get(row.report)));
}

type QuestionRow = Pick<Question, "id" | "report" | "askedAt" | "openUntil"> & {
  readonly solved: boolean | null;
  readonly satisfied: boolean | null;
  readonly why: string | null;
  readonly answeredAt: Date | null;
  readonly manner: string | null;
  readonly recordedBy: string | null;
  readonly reason: string | null;
  readonly overruledBy: string | null;
  readonly overruledAt: Date | null;
};

function questionOf(row: QuestionRow, reporter: Reporter | undefined): Question {
  const { id, report, askedAt, openUntil, reason, overruledBy, overruledAt } = row;
  return {
    id,
    report,
    askedAt,
    openUntil,
    withdrawn: reporter?.withdrawn ?? false,
    reachable: reporter?.reachable ?? true,
    answer: answerOf(row),
    overruling: reason === null || overruledBy === null || overruledAt === null ? null : { reason, overruledBy, overruledAt },
  };
}

function answerOf({ solved, satisfied, why, answeredAt, manner, recordedBy }: QuestionRow): Answer | null {
  if (solved === null || answeredAt === null) return null;
  const known = MANNERS.find((one) => one === manner);
  const recorded = known === undefined || recordedBy === null ? null : { manner: known, by: recordedBy };
  return { solved, satisfied, why: withoutPersonalNumbers(why ?? ""), answeredAt, recorded };
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
