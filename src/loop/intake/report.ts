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

/** What the town decides of a report, until it is corrected: the verb of its event is `report.` and this. */
const DECISIONS = ["accepted", "moved", "answered", "referred", "declined"] as const;
export type Decision = (typeof DECISIONS)[number];

/**
 * What is said of a report: what became of it, the corrections of that, or what was said beside that by its reporter (`added`, `disputed`)
 * and by the town.
 */
export type WordKind =
  | Exclude<ReportStatus, "received">
  | "moved"
  | "taken-back"
  | "separated"
  | "disputed"
  | "join-confirmed"
  | "added"
  | "categorised"
  | "read"
  | "replied"
  | "passed-on";

const BESIDE: ReadonlySet<WordKind> = new Set(["disputed", "join-confirmed", "categorised", "added", "read", "replied", "passed-on"]);

/** Whether it says what became of the report. */
export function isSettling(kind: WordKind): boolean {
  return !BESIDE.has(kind);
}

/** The word that says what stands of a report now, as long as it can be corrected. */
export function standingDecision<W extends { readonly kind: WordKind }>(words: readonly W[]): (W & { readonly kind: Decision }) | null {
  const last = words.findLast(({ kind }) => isSettling(kind));
  const kind = DECISIONS.find((decision) => decision === last?.kind);
  return last === undefined || kind === undefined ? null : { ...last, kind };
}

/** How who lost the receipt is known to be the reporter: the number on file is called, and they answer, or it rings in their hand. */
export const REISSUE_MANNERS = ["phone", "desk"] as const;

/** How often a reporter may add to one report, photos and words counted together as one sending. */
export const MOST_WORDS = 20;

/** Why the officer may not settle the report (accept, answer, refer, decline); null when they may. */
export function whyNotSettle(status: ReportStatus, by: Officer): RefusalCode | null {
  return whyNotDuty(by, "clerk", "office") ?? (status === "received" ? null : "report/not-open");
}

/** Answers, referrals and refusals are taken back; what is on the ledger is taken out of its problem instead. */
export function whyNotTakeBack(status: ReportStatus, by: Officer): RefusalCode | null {
  const isDecided = status === "answered" || status === "referred" || status === "declined";
  return whyNotDuty(by, "clerk", "office") ?? (isDecided ? null : "report/nothing-to-correct");
}

/** Whether the report is joined to a problem, or opened one: it can be taken out of it, or moved to another. */
export function whyNotJoined(status: ReportStatus, by: Officer): RefusalCode | null {
  return whyNotDuty(by, "clerk", "office") ?? (status === "accepted" ? null : "report/not-joined");
}

/** Its reporter says so once of each problem; after somebody has looked and it is the same after all, they can still add what they like. */
export function whyNotDispute({ status, disputedAt }: Disputable, words: readonly { readonly kind: WordKind }[]): RefusalCode | null {
  if (status !== "accepted") return "report/not-joined";
  if (disputedAt !== null) return "report/disputed";
  const since = words.findLastIndex(({ kind }) => isSettling(kind));
  return words.slice(since + 1).some(({ kind }) => kind === "join-confirmed") ? "report/join-confirmed" : null;
}

type Disputable = { readonly status: ReportStatus; readonly disputedAt: Date | null };

/** The town says which category a report is of, whatever became of it, until its reporter takes it back. */
export function whyNotCategorise(
  report: { readonly status: ReportStatus; readonly category: string | null },
  to: string,
): RefusalCode | null {
  if (report.status === "withdrawn") return "report/withdrawn";
  return report.category === to ? "report/same-category" : null;
}

/** What was decided of a report is corrected first: what anybody was told, and a problem it is on, cannot be told back. */
export function whyNotPassToReceivers(status: ReportStatus): RefusalCode | null {
  return status === "received" ? null : "report/not-open";
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
