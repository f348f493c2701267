import { sql } from "kysely";
import { withoutPersonalNumbers } from "#platform/personal-numbers";
import type { Town } from "#platform/town";
import { findAttempts, findCallable, type Gone } from "./attempts.ts";
import { findReporters, type Reporter } from "./reporters.ts";
import { MANNERS, type Answer, type Check, type LookBack, type Objection, type OpenFlag, type Question, type Round } from "./round.ts";

/**
 * What stands between this problem and its closing, as of the caller's transaction. Whoever works on a problem reads it, so that numbers
 * which lead to a person are masked in what reporters and neighbours wrote.
 */
export async function findRound(town: Town, problem: string): Promise<Round> {
  const round = (await findRounds(town, [problem])).get(problem);
  if (round === undefined) throw new Error(`couldn't find the round of problem ${problem}`);
  return round;
}

/** The same of several problems, in as many round trips as of one. */
export async function findRounds(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, Round>> {
  if (problems.length === 0) return new Map();
  const checks = await findChecks(town, problems);
  const ids = [...checks.values()].map(({ id }) => id);
  const reporters = await findReporters(town, problems);
  const notices = await findNotices(town, ids);
  const questions = await findQuestions(town, ids);
  const gone = await findGone(town, [...questions.values()].flat());
  const objections = await findObjections(town, problems);
  const flags = await findOpenFlags(town, problems);
  const lookBacks = await findLookBacks(town, problems);
  return new Map(
    problems.map((problem) => {
      const check = checks.get(problem) ?? null;
      const known = {
        check,
        notice: check === null ? null : (notices.get(check.id) ?? null),
        objections: objections.get(problem) ?? [],
        flags: flags.get(problem) ?? [],
        lookBacks: lookBacks.get(problem) ?? [],
      };
      const asked = check === null ? [] : (questions.get(check.id) ?? []);
      return [problem, { ...known, ...askedOf(check, asked, reporters.get(problem) ?? [], gone) }];
    }),
  );
}

/** The questions of a round, who was not asked in it, and whom nobody can ask. */
function askedOf(check: Check | null, asked: readonly QuestionRow[], reporters: readonly Reporter[], gone: Gone) {
  const present = reporters.filter(({ withdrawn }) => !withdrawn);
  const unreachable = reportsOf(present.filter(({ reachable }) => !reachable));
  if (check === null) return { questions: [], unasked: [], unreachable };
  const byReport = new Map(reporters.map((reporter) => [reporter.report, reporter]));
  const questions = asked.flatMap((row) => {
    const reporter = byReport.get(row.report);
    if (reporter === undefined) return []; // whose report was taken out is asked nothing, and stands in no way
    return [questionOf(row, reporter, gone)];
  });
  const known = new Set(questions.map(({ report }) => report));
  return { questions, unasked: reportsOf(present.filter(({ report, reachable }) => reachable && !known.has(report))), unreachable };
}

/** How those who have not answered can be gone after, and how often anybody was. */
async function findGone(town: Town, asked: readonly QuestionRow[]): Promise<Gone> {
  const silent = asked.filter(({ answeredAt }) => answeredAt === null).map(({ report }) => report);
  return {
    callable: await findCallable(town, silent),
    attempts: await findAttempts(
      town,
      asked.map(({ id }) => id),
    ),
  };
}

function reportsOf(reporters: readonly Reporter[]): readonly string[] {
  return reporters.map(({ report }) => report);
}

async function findChecks(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, Check>> {
  const rows = await town.db
    .selectFrom("verification.check")
    .distinctOn("problem")
    .select(["problem", "id", "rectification", "manner", "measures_seen as measuresSeen", "unseen", "finding", "outcome"])
    .select(["checked_by as checkedBy", "checked_at as checkedAt"])
    .where("town", "=", town.id)
    .where("problem", "in", problems)
    .orderBy("problem")
    .orderBy("checked_at", "desc")
    .orderBy("id", "desc")
    .execute();
  return new Map(rows.map(({ problem, ...check }) => [problem, check]));
}

async function findNotices(town: Town, checks: readonly string[]): Promise<ReadonlyMap<string, NonNullable<Round["notice"]>>> {
  if (checks.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("verification.notice")
    .select(["check", "id", "posted_at as postedAt", "posted_by as postedBy", "last_day as lastDay"])
    .where("town", "=", town.id)
    .where("check", "in", checks)
    .execute();
  return new Map(rows.map(({ check, ...notice }) => [check, notice]));
}

async function findQuestions(town: Town, checks: readonly string[]): Promise<ReadonlyMap<string, readonly QuestionRow[]>> {
  if (checks.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("verification.question as q")
    .leftJoin("verification.answer as a", (join) => join.onRef("a.town", "=", "q.town").onRef("a.question", "=", "q.id"))
    .leftJoin("verification.overruling as o", (join) =>
      join.onRef("o.town", "=", "q.town").onRef("o.question", "=", "q.id").onRef("o.overruled_at", ">=", "a.answered_at"),
    )
    .select(["q.check", "q.id", "q.report", "q.asked_at as askedAt", "q.open_until as openUntil"])
    .select(["a.solved", "a.satisfied", "a.why", "a.answered_at as answeredAt", "a.manner", "a.recorded_by as recordedBy"])
    .select(["o.reason", "o.overruled_by as overruledBy", "o.overruled_at as overruledAt"])
    .where("q.town", "=", town.id)
    .where("q.check", "in", checks)
    .orderBy("q.id")
    .execute();
  return Map.groupBy(rows, ({ check }) => check);
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

function questionOf(row: QuestionRow, { withdrawn, reachable }: Reporter, { callable, attempts }: Gone): Question {
  const { id, report, askedAt, openUntil, reason, overruledBy, overruledAt } = row;
  return {
    id,
    report,
    askedAt,
    openUntil,
    withdrawn,
    reachable,
    callableBy: callable.get(report) ?? [],
    attempts: attempts.get(id) ?? [],
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

const MOST_OBJECTIONS = 200;

/** The latest 200: more on one problem is noise, but an open one is never left out. */
async function findObjections(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, readonly Objection[]>> {
  const { rows } = await sql<Objection & { readonly problem: string }>`
    select o.problem, o.id, o.notice, o.reason, o.raised_at as "raisedAt", o.due_on as "dueOn", o.decision, o.decided_by as "decidedBy",
      o.decided_at as "decidedAt", o.decision_reason as "decisionReason"
    from unnest(${problems}::uuid[]) p (id)
    cross join lateral (
      select o.* from verification.objection o where o.town = ${town.id} and o.problem = p.id
      order by o.decision desc nulls first, o.id desc limit ${MOST_OBJECTIONS}
    ) o
    order by o.id`.execute(town.db);
  return grouped(rows.map((objection) => ({ ...objection, reason: withoutPersonalNumbers(objection.reason) })));
}

const MOST_FLAGS = 200;

/** The oldest 200: one is enough to stand in the way, and the oldest says by when somebody has to look. */
async function findOpenFlags(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, readonly OpenFlag[]>> {
  const { rows } = await sql<OpenFlag & { readonly problem: string }>`
    select f.problem, f.id, f.raised_at as "raisedAt", f.due_on as "dueOn"
    from unnest(${problems}::uuid[]) p (id)
    cross join lateral (
      select f.* from verification.flag f where f.town = ${town.id} and f.problem = p.id and f.state = 'open'
      order by f.raised_at, f.id limit ${MOST_FLAGS}
    ) f
    order by f.raised_at, f.id`.execute(town.db);
  return grouped(rows);
}

async function findLookBacks(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, readonly LookBack[]>> {
  const rows = await town.db
    .selectFrom("verification.look_back")
    .select(["problem", "id", "due_on as dueOn", "outcome", "finding", "done_by as doneBy", "done_at as doneAt", "dropped_at"])
    .where("town", "=", town.id)
    .where("problem", "in", problems)
    .orderBy("due_on")
    .orderBy("id")
    .execute();
  return grouped(rows.map(({ dropped_at, ...lookBack }) => ({ ...lookBack, dropped: dropped_at !== null })));
}

function grouped<T extends { readonly problem: string }>(rows: readonly T[]): ReadonlyMap<string, readonly Omit<T, "problem">[]> {
  const groups = new Map<string, Omit<T, "problem">[]>();
  for (const { problem, ...row } of rows) {
    const group = groups.get(problem);
    if (group === undefined) groups.set(problem, [row]);
    else group.push(row);
  }
  return groups;
}
