import { SYSTEM } from "#audit/append-event";
import { commitSealed } from "#audit/commit-sealed";
import { flagSkippedLookBacks } from "#detector/flag-skipped-look-backs";
import { drawFirstPages } from "#evidence/draw-first-pages";
import { fillLooks } from "#evidence/fill-looks";
import { removeRedactedBytes } from "#evidence/remove-bytes";
import { sweepFiles } from "#evidence/sweep-files";
import { eraseDue } from "#intake/erase-due";
import { remakeReportSearch } from "#intake/remake-search";
import { tellOverdue } from "#intake/tell-overdue";
import { sweepDrafts } from "#intake/sweep";
import { remakeProblemSearch } from "#ledger/remake-search";
import { resumeDueProblems } from "#ledger/resume-problem";
import { settleTownAgain } from "#office/settle-town";
import { dayOf } from "#platform/instant";
import { sweepKnownDevices } from "#people/known-device";
import { sweepSessions } from "#people/session";
import { sweepSignInGate } from "#people/sign-in-gate";
import { sweepNetworkMarks } from "#platform/network-marks";
import { sweepFormKeys } from "#platform/once";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { verifyWeekly } from "#proof/verify-weekly";
import { dateFlags } from "#verification/date-flags";
import { dateObjections } from "#verification/date-objections";
import { forgetOrigins } from "#verification/forget-origins";
import { forgetLooks } from "#vault/forget-looks";
import { foldTallies } from "#publication/fold-tallies";

/** Something a town does by the clock, China time. Done twice, or late, it does no harm. */
export type Chore = {
  readonly name: string;
  readonly cron: string;
  work(town: Town, at: Date, notary: Notary): Promise<unknown>;
  /** How long it may take before it is taken for dead and done again; five minutes where nothing is said. */
  readonly mostSeconds?: number;
};

export const DUTIES_OF_THE_CLOCK: readonly Chore[] = [
  // Every ten minutes, not only at midnight: a program that slept through midnight catches up.
  { name: "resume-problems", cron: "*/10 * * * *", work: resumeDueProblems },
  { name: "tell-overdue", cron: "* * * * *", work: tellOverdue },
  { name: "remove-redacted-bytes", cron: "* * * * *", work: removeRedactedBytes },
  { name: "draw-first-pages", cron: "* * * * *", work: drawFirstPages },
  { name: "sweep-drafts", cron: "7 * * * *", work: sweepDrafts },
  { name: "sweep-files", cron: "22 * * * *", work: sweepFiles },
  { name: "sweep-form-keys", cron: "17 * * * *", work: sweepFormKeys },
  { name: "sweep-network-marks", cron: "2 * * * *", work: sweepNetworkMarks },
  { name: "sweep-sign-in", cron: "27 * * * *", work: sweepSignInGate },
  { name: "sweep-sessions", cron: "37 * * * *", work: sweepSessions },
  { name: "sweep-known-devices", cron: "22 2 * * *", work: sweepKnownDevices },
  { name: "erase-identities", cron: "12 2 * * *", work: eraseDue },
  { name: "remake-problem-search", cron: "* * * * *", work: remakeProblemSearch },
  { name: "remake-report-search", cron: "* * * * *", work: remakeReportSearch },
  { name: "fill-looks", cron: "*/5 * * * *", work: fillLooks },
  { name: "raise-flags", cron: "*/10 * * * *", work: flagSkippedLookBacks },
  { name: "date-flags", cron: "*/10 * * * *", work: (town, at) => dateFlags(town, SYSTEM, at) },
  { name: "date-objections", cron: "*/10 * * * *", work: (town, at) => dateObjections(town, SYSTEM, at) },
  { name: "forget-origins", cron: "34 2 * * *", work: forgetOrigins },
  { name: "forget-looks", cron: "32 2 * * *", work: forgetLooks },
  { name: "settle-waiting", cron: "52 3 * * *", work: settleTownAgain },
  { name: "verify-log", cron: "47 * * * *", work: (town, at, notary) => verifyWeekly(town, notary, at), mostSeconds: 7200 },
  { name: "commit-sealed", cron: "3 * * * *", work: commitSealed },
  { name: "fold-tallies", cron: "42 3 * * *", work: (town, at) => foldTallies(town, dayOf(at)) },
];
