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
export type Lamp = { readonly light: Light } & (
  | { readonly says: "left" | "overdue" | "early" | "late"; readonly days: number }
  | { readonly says: "waiting-for-assignment" | "waiting-for-calendar" | "dismissed" }
  | { readonly says: "suspended"; readonly until: Day }
);

type Timed = Pick<Problem, "status" | "dueOn" | "amberOn" | "resumeOn" | "rectifiedOn">;

const AFTER_WORK: ReadonlySet<Status> = new Set(["rectified", "verified", "closed"]);

/**
 * Red past due, amber from `amberOn` (set with the due day: the last 3 working days or the last fifth of the span), else green;
 * grey when closed, dismissed or suspended. Once rectified, the day it was declared counts, not the day of looking.
 */
export function lightOf({ status, dueOn, amberOn, resumeOn, rectifiedOn }: Timed, today: Day): Light {
  if (status === "closed" || status === "dismissed" || (status === "suspended" && resumeOn !== null)) return "grey";
  if (dueOn === null) return "green";
  if (rectifiedOn !== null && AFTER_WORK.has(status)) return rectifiedOn <= dueOn ? "green" : "red";
  if (dueOn < today) return "red";
  return amberOn !== null && amberOn <= today ? "amber" : "green";
}

/** The light with its days: how many are left, or by how many it was early or late. */
export function lampOf(problem: Timed, today: Day): Lamp {
  const { status, dueOn, resumeOn, rectifiedOn } = problem;
  const light = lightOf(problem, today);
  if (status === "dismissed") return { light, says: "dismissed" };
  if (status === "suspended" && resumeOn !== null) return { light, says: "suspended", until: resumeOn };
  if (dueOn === null) return { light, says: status === "opened" ? "waiting-for-assignment" : "waiting-for-calendar" };
  if (rectifiedOn !== null && AFTER_WORK.has(status)) {
    const early = daysBetween(rectifiedOn, dueOn);
    return { light, says: early >= 0 ? "early" : "late", days: Math.abs(early) };
  }
  const left = daysBetween(today, dueOn);
  return { light, says: left >= 0 ? "left" : "overdue", days: Math.abs(left) };
}
