/**
 * Every reason the town may say no, as `noun/reason`. A door words each code in each language
 * (`Record<RefusalCode, …>`), so a code without words does not compile.
 */
export type RefusalCode =
  // history
  | "event/too-long"
  // who
  | "officer/not-allowed"
  | "officer/wrong-unit"
  | "officer/not-leader"
  | "officer/unknown"
  | "officer/disabled"
  | "officer/login-taken"
  | "officer/self"
  | "officer/answerable"
  | "officer/involved"
  | "duty/conflict"
  | "duty/held"
  | "duty/missing"
  | "duty/last-of-its-kind"
  | "password/weak"
  | "password/reused"
  | "password/wrong"
  | "sign-in/locked"
  | "sign-in/busy"
  | "officer/not-locked"
  | "sign-in/code-wrong"
  // town
  | "town/id-taken"
  | "town/host-missing"
  | "unit/unknown"
  | "unit/circle"
  | "unit/in-use"
  | "village/unknown"
  | "category/unknown"
  | "category/code-taken"
  | "campaign/unknown"
  | "campaign/days-reversed"
  | "theme/unknown"
  | "calendar/malformed"
  | "setting/changed"
  // files
  | "file/too-large"
  | "file/not-an-image"
  | "file/too-many"
  | "file/unknown"
  | "file/too-many-pixels"
  | "file/too-heavy"
  | "file/heic-unreadable"
  | "file/too-many-waiting"
  | "file/busy"
  | "document/not-one"
  | "document/too-large"
  | "disk/full"
  | "text/unknown"
  | "witness/known"
  | "witness/unknown"
  | "log/watched"
  | "log/unknown"
  // reports
  | "report/unknown"
  | "report/not-open"
  | "report/nothing-to-withdraw"
  | "report/words-too-many"
  | "draft/unknown"
  | "draft/changed"
  | "draft/unfinished"
  | "identity/none"
  | "identity/no-phone"
  | "call/not-connected"
  | "flag/unknown"
  | "flag/cleared"
  // problems
  | "problem/unknown"
  | "problem/changed"
  | "problem/wrong-status"
  | "problem/closed"
  | "leaders/none"
  | "leaders/too-many"
  | "leaders/not-a-leader"
  | "measures/none"
  | "measures/unknown"
  | "hand-over/nothing-new"
  | "due/past"
  | "due/beyond-limit"
  | "due/beyond-calendar"
  | "due/waits-for-calendar"
  | "due/not-later"
  | "evidence/no-after"
  | "evidence/nothing-new"
  | "extension/waiting"
  | "extension/no-day-left"
  | "extension/none-waiting"
  | "extension/second-needs-secretary"
  | "suspension/waiting"
  | "suspension/none-waiting"
  | "suspension/day-past"
  | "dismissal/waiting"
  | "dismissal/none-waiting"
  | "dismissal/same-officer"
  // the closing gate
  | "verifier/leads"
  | "verifier/worked-on-it"
  | "verifier/same-unit"
  | "question/none"
  | "question/closed"
  | "question/already-answered"
  | "question/unasked"
  | "question/window-open"
  | "notice/none"
  | "notice/posted"
  | "notice/running"
  | "notice/waits-for-calendar"
  | "notice/over"
  | "objection/open"
  | "objection/decided"
  | "objection/unknown"
  | "objection/many-from-here"
  | "answer/no-stands"
  | "answer/nothing-to-overrule"
  | "answer/none-to-honour"
  | "closer/only-verifier"
  | "look-back/not-due"
  | "look-back/done"
  | "look-back/unknown"
  | "me-too/said"
  | "me-too/many-from-here";

/** A rule said no. Thrown inside a transaction it rolls back and leaves no trace; a door catches it once and words it. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(code);
    this.name = "Refusal";
    this.code = code;
  }
}

/** Throws when a `whyNot…` question found a reason. */
export function refuse(code: RefusalCode | null): void {
  if (code !== null) throw new Refusal(code);
}
