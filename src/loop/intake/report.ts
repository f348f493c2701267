import { whyNotDuty, type Officer } from "#people/officer";
import { dayOf, type Day } from "#platform/instant";
import type { RefusalCode } from "#refusals";

export const CHANNELS = [
  "web",
  "phone",
  "box",
  "meeting",
  "visit",
  "letter",
  "open311",
  "import",
  "sensor",
  "patrol",
  "enterprise",
] as const;
/** The door a report came through. */
export type Channel = (typeof CHANNELS)[number];

export const REPORT_STATUSES = ["received", "accepted", "answered", "referred", "declined", "withdrawn"] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/** What is said of a report: what became of it, or what was said beside that by its reporter (`added`) and by the town. */
export type WordKind = Exclude<ReportStatus, "received"> | "added" | "read" | "replied" | "passed-on";

/** Whether it says what became of the report. */
export function isSettling(kind: WordKind): boolean {
  return REPORT_STATUSES.some((status) => status === kind);
}

/** How often a reporter may add to one report, photos and words counted together as one sending. */
export const MOST_WORDS = 20;

/** Why the officer may not settle the report (accept, answer, refer, decline); null when they may. */
export function whyNotSettle(status: ReportStatus, by: Officer): RefusalCode | null {
  return whyNotDuty(by, "clerk", "office") ?? (status === "received" ? null : "report/not-open");
}

/** A report is the reporter's to take back until the town has answered it for good. */
export function whyNotWithdraw(status: ReportStatus): RefusalCode | null {
  return status === "received" || status === "accepted" ? null : "report/nothing-to-withdraw";
}

/** Words reach somebody only while the report is waiting or its problem is being worked on. */
export function whyNotAddWord(status: ReportStatus, added: number): RefusalCode | null {
  if (status !== "received" && status !== "accepted") return "report/not-open";
  return added >= MOST_WORDS ? "report/words-too-many" : null;
}

/** Only what was added to a report that somebody works on has anybody to be passed on to. */
export function whyNothingToPassOn(status: ReportStatus, added: number): RefusalCode | null {
  if (status !== "accepted") return "report/no-problem";
  return added === 0 ? "report/nothing-added" : null;
}

/** The last day on which the first reply is in time; the instant kept is that day's very end. */
export function firstReplyDueOn(dueAt: Date | null): Day | null {
  return dueAt === null ? null : dayOf(new Date(dueAt.getTime() - 1));
}
