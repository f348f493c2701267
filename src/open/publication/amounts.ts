import type { Rows } from "#audit/rows";
import type { Day } from "#platform/instant";

export const MEASURES = [
  "problems",
  "closed",
  "due",
  "due_closed",
  "overdue",
  "timed",
  "on_time",
  "extended",
  "answered",
  "solved",
  "satisfied",
  "silent",
  "silent_attempts",
  "looked_back",
  "relapsed",
  "replied",
  "replied_in_time",
  "unanswered",
] as const;
export type Measure = (typeof MEASURES)[number];

/** A part of one figure: so much in this campaign and unit, from the day after `day` on; null `day`: at once. */
export type Amount = {
  readonly measure: Measure;
  readonly campaign: string | null;
  readonly unit: string | null;
  readonly day: Day | null;
  readonly amount: number;
};

type Counted = Pick<Amount, "measure" | "day" | "amount">;

/**
 * Everything that one problem, or one report, adds to the figures (rules of the ledger §5), from what its events tell. It counts where the
 * problem is now: what moves with it moves out of one unit or campaign and into the other.
 */
export function amountsOf(rows: Rows): readonly Amount[] {
  const problem = rows.last("ledger.problem");
  const [campaign, unit] = [problem?.campaign ?? null, problem?.unit ?? null];
  const counted = [...ofProblem(rows), ...ofLookBacks(rows), ...ofReport(rows)];
  return counted.flatMap((one) => (one.amount === 0 ? [] : [{ ...one, campaign, unit }]));
}

function ofProblem(rows: Rows): readonly Counted[] {
  const problem = rows.last("ledger.problem");
  if (problem === null || problem.status === "dismissed") return [];
  const { status, due_on: due = null, original_due_on: promised = null, rectified_on: rectified = null } = problem;
  const runs = status !== "suspended"; // its clock stands still
  return [
    at("problems", null, 1),
    at("closed", null, status === "closed"),
    at("due", due, due !== null && runs),
    at("due_closed", due, due !== null && status === "closed"),
    at("overdue", due, due !== null && (status === "opened" || status === "assigned")),
    at("timed", promised, promised !== null && runs),
    at("on_time", promised, promised !== null && rectified !== null && rectified <= promised && runs),
    at("extended", promised, promised !== null && due !== null && due > promised),
    at("answered", null, problem.answered_count ?? 0),
    at("solved", null, problem.solved_count ?? 0),
    at("satisfied", null, problem.satisfied_count ?? 0),
    at("silent", null, problem.silent_count ?? 0),
    at("silent_attempts", null, problem.silent_attempt_count ?? 0),
  ];
}

function ofLookBacks(rows: Rows): readonly Counted[] {
  if (rows.last("ledger.problem")?.status === "dismissed") return [];
  const done = rows.all("verification.look_back").filter(({ outcome }) => outcome === "held" || outcome === "relapsed");
  return [at("looked_back", null, done.length), at("relapsed", null, done.filter(({ outcome }) => outcome === "relapsed").length)];
}

/** Answered is answered, whatever became of the report later; late is what was said to be overdue. */
function ofReport(rows: Rows): readonly Counted[] {
  const waiting = rows.last("intake.report");
  const report = waiting ?? rows.last("intake.passed_report");
  if (report === null) return [];
  const answered = report.first_answered_at instanceof Date;
  const late = report.overdue_at instanceof Date;
  return [
    at("replied", null, answered),
    at("replied_in_time", null, answered && !late),
    at("unanswered", null, !answered && late && waiting?.status === "received"),
  ];
}

function at(measure: Measure, day: Day | null, amount: number | boolean): Counted {
  return { measure, day, amount: Number(amount) };
}
