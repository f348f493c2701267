/** What can happen, in the past tense. A verb once used is never renamed: the log keeps it for ever. */
export const VERBS = [
  "report.received", "report.accepted", "report.answered", "report.referred", "report.declined", "report.withdrawn", "report.added-to",
  "identity.looked-at",
  "problem.opened", "problem.joined", "problem.released", "problem.me-too", "problem.assigned", "problem.handed-over", "problem.progressed", "problem.evidence-added",
  "problem.rectified", "problem.reminded", "problem.themed",
  "extension.asked", "extension.granted", "extension.refused",
  "suspension.asked", "suspension.approved", "suspension.refused", "suspension.ended",
  "dismissal.proposed", "dismissal.confirmed", "dismissal.refused", "problem.reinstated",
  "check.passed", "check.failed", "question.asked", "answer.given", "answer.overruled", "answer.honoured",
  "notice.posted", "objection.raised", "objection.upheld", "objection.rejected",
  "problem.closed", "look-back.held", "look-back.relapsed", "problem.recurred",
  "town.added", "town.changed", "unit.added", "unit.changed", "unit.retired", "village.added", "village.changed", "village.retired",
  "category.added", "category.changed", "category.retired", "campaign.added", "campaign.changed", "theme.added", "theme.changed",
  "calendar.imported", "policy.changed",
  "officer.added", "officer.changed", "officer.disabled", "officer.enabled", "officer.password-reset", "officer.password-changed",
  "officer.signed-in", "officer.sign-in-failed", "officer.locked-out", "officer.signed-out", "officer.totp-set", "officer.totp-removed",
  "duty.granted", "duty.revoked",
  "log.exported", "problems.exported", "file.redacted", "text.redacted",
] as const;

export type Verb = (typeof VERBS)[number];
