import { daysBetween, type Day } from "#platform/instant";

export const STATUSES = ["opened", "assigned", "suspended", "rectified", "verified", "closed", "dismissed"] as const;
export type Status = (typeof STATUSES)[number];

/** The arrows of the ledger, and the only ones (rules-of-the-ledger §3). A hand-over draws none: it changes who answers. */
export const LIFECYCLE: Record<Status, readonly Status[]> = {
  opened: ["assigned", "dismissed"],
  assigned: ["rectified", "suspended", "dismissed"],
  suspended: ["assigned"],
  rectified: ["assigned", "verified"],
  verified: ["assigned", "closed"],
  closed: ["assigned"],
  dismissed: ["opened"],
};

/** An entry of the ledger as it stands now. How it came to stand so is told by the records beside it and by the events. */
export type Problem = {
  readonly id: string;
  /** `SL-2026-0007` */
  readonly number: string;
  readonly ordinal: number;
  readonly status: Status;
  readonly title: string;
  readonly details: string;
  readonly place: string;
  readonly village: string | null;
  readonly category: string;
  readonly theme: string | null;
  readonly campaign: string | null;
  readonly measures: readonly string[];
  /** Positions in `measures` that are done. */
  readonly measuresDone: readonly number[];
  readonly goal: string;
  /** Officers publicly answerable: one or two from assignment on, none before. */
  readonly leaders: readonly string[];
  readonly unit: string | null;
  readonly dueOn: Day | null;
  readonly originalDueOn: Day | null;
  readonly amberOn: Day | null;
  readonly assignedOn: Day | null;
  readonly resumeOn: Day | null;
  readonly openedAt: Date;
  readonly openedOn: Day;
  readonly rectifiedOn: Day | null;
  readonly closedOn: Day | null;
  readonly reportCount: number;
  readonly meTooCount: number;
  readonly progressCount: number;
  readonly answeredCount: number;
  readonly solvedCount: number;
  readonly satisfiedCount: number;
  readonly relapseCount: number;
  readonly version: number;
};

/** The columns of a `Problem` for a Kysely `select` from `ledger.problem as p`. */
export const PROBLEM_COLUMNS = [
  "p.id",
  "p.number",
  "p.ordinal",
  "p.status",
  "p.title",
  "p.details",
  "p.place",
  "p.village",
  "p.category",
  "p.theme",
  "p.campaign",
  "p.measures",
  "p.measures_done as measuresDone",
  "p.goal",
  "p.leaders",
  "p.unit",
  "p.due_on as dueOn",
  "p.original_due_on as originalDueOn",
  "p.amber_on as amberOn",
  "p.assigned_on as assignedOn",
  "p.resume_on as resumeOn",
  "p.opened_at as openedAt",
  "p.opened_on as openedOn",
  "p.rectified_on as rectifiedOn",
  "p.closed_on as closedOn",
  "p.report_count as reportCount",
  "p.me_too_count as meTooCount",
  "p.progress_count as progressCount",
  "p.answered_count as answeredCount",
  "p.solved_count as solvedCount",
  "p.satisfied_count as satisfiedCount",
  "p.relapse_count as relapseCount",
  "p.version",
] as const;

export const LIGHTS = ["green", "amber", "red", "grey"] as const;
export type Light = (typeof LIGHTS)[number];

/**
 * The light and what to say beside it. `days` is never negative: days left, days overdue, days early or late.
 * Computed whenever it is shown, stored nowhere.
 */
export type Lamp =
  | { readonly light: "green" | "amber"; readonly says: "left"; readonly days: number }
  | { readonly light: "red"; readonly says: "overdue"; readonly days: number }
  | { readonly light: "green" | "grey"; readonly says: "early"; readonly days: number }
  | { readonly light: "red" | "grey"; readonly says: "late"; readonly days: number }
  | { readonly light: "green"; readonly says: "waiting-for-assignment" }
  | { readonly light: "green" | "grey"; readonly says: "waiting-for-calendar" }
  | { readonly light: "grey"; readonly says: "suspended"; readonly until: Day }
  | { readonly light: "grey"; readonly says: "dismissed" };

type Timed = Pick<Problem, "status" | "dueOn" | "amberOn" | "resumeOn" | "rectifiedOn">;

/**
 * Red past due, amber from `amberOn` (set with the due day: the last 3 working days or the last fifth of the span), else green;
 * grey when closed, dismissed or suspended. Once rectified, the day it was declared counts, not the day of looking.
 */
export function lampOf(problem: Timed, today: Day): Lamp {
  const { status, dueOn, rectifiedOn } = problem;
  if (status === "dismissed") return { light: "grey", says: "dismissed" };
  if (status === "suspended" && problem.resumeOn !== null) return { light: "grey", says: "suspended", until: problem.resumeOn };
  if (status === "opened" && dueOn === null) return { light: "green", says: "waiting-for-assignment" };
  if (dueOn === null) return { light: status === "closed" ? "grey" : "green", says: "waiting-for-calendar" };
  if (rectifiedOn !== null && (status === "rectified" || status === "verified" || status === "closed")) {
    const early = daysBetween(rectifiedOn, dueOn);
    const grey = status === "closed";
    return early >= 0
      ? { light: grey ? "grey" : "green", says: "early", days: early }
      : { light: grey ? "grey" : "red", says: "late", days: -early };
  }
  const left = daysBetween(today, dueOn);
  if (left < 0) return { light: "red", says: "overdue", days: -left };
  return { light: problem.amberOn !== null && today >= problem.amberOn ? "amber" : "green", says: "left", days: left };
}
