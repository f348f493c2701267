import { hasDuty, whyNotDuty, type Officer } from "#people/officer";
import { dayOf, type Day } from "#platform/instant";
import type { Status } from "#ledger/problem";
import type { Standing } from "#ledger/standing";
import { involvementOf, whyNotUninvolved, type Involvement } from "#ledger/involvement";
import { whyNotAct, type Act } from "#ledger/who-may";
import type { RefusalCode } from "#refusals";
import { isTriedEnough, isTriedToday } from "./attempts.ts";
import type { FlagState } from "./flag.ts";
import type { LookBack, Objection, Question, Round } from "./round.ts";

export const GATE_ACTS = {
  check: { duties: ["verifier"], from: ["rectified"] },
  "ask-reporters": { duties: ["verifier", "office"], from: ["verified"] },
  // Whoever may open an identity: they alone know whom to call.
  "record-answer": { duties: ["clerk", "office"], from: ["verified"] },
  "overrule-answer": { duties: ["office"], from: ["verified"] },
  "post-notice": { duties: ["office"], from: ["verified"] },
  "decide-objection": { duties: ["verifier"], from: ["opened", "assigned", "suspended", "rectified", "verified"] },
  return: { duties: ["verifier", "office"], from: ["verified"] },
  close: { duties: ["office"], from: ["verified"] },
  "look-back": { duties: ["verifier"], from: ["closed"] },
  reopen: { duties: ["verifier", "office"], from: ["closed"] },
} as const satisfies Record<string, Act>;

export type GateAct = keyof typeof GATE_ACTS;

/** A flag is decided on its own page, beside its evidence. One at work already stays there when it is upheld. */
export const UPHOLD_FLAG = { duties: ["verifier"], from: ["assigned", "suspended", "rectified", "verified"] } as const satisfies Act;

/** Independence: nobody involved, and never the secretary. */
export function whyNotIndependent(standing: Standing, by: Officer): RefusalCode | null {
  if (hasDuty(by, "secretary")) return "officer/not-allowed";
  const involvement = involvementOf(standing, by);
  return involvement === null ? null : NOT_INDEPENDENT[involvement];
}

const NOT_INDEPENDENT: Record<Involvement, RefusalCode> = {
  leads: "verifier/leads",
  worked: "verifier/worked-on-it",
  unit: "verifier/same-unit",
};

export function whyNotCheck(standing: Standing, by: Officer): RefusalCode | null {
  return whyNotAct(GATE_ACTS.check, standing, by) ?? whyNotIndependent(standing, by);
}

export function whyNotAskReporters(standing: Standing, round: Round, by: Officer): RefusalCode | null {
  return whyNotAct(GATE_ACTS["ask-reporters"], standing, by) ?? (round.unasked.length > 0 ? null : "question/none");
}

/** The reporter's side: one answer of their own, in time, while the problem waits for it; also after one that was recorded for them. */
export function whyNotAnswer(standing: Standing, question: Question, at: Date): RefusalCode | null {
  if (isOwnAnswer(question)) return "question/already-answered";
  return standing.problem.status === "verified" && isWithinWindow(question, at) ? null : "question/closed";
}

/** Who may record what a reporter says: the intake desk, while the problem is verified, and nobody involved in it. */
export function whyNotRecord(standing: Standing, by: Officer): RefusalCode | null {
  return whyNotAct(GATE_ACTS["record-answer"], standing, by) ?? whyNotUninvolved(standing, by);
}

/** One answer is recorded to a question, within its window, where there is none: never beside the reporter's own. */
export function whyNotRecordTo(question: Question, at: Date): RefusalCode | null {
  if (question.answer !== null) return "answer/given";
  return isWithinWindow(question, at) ? null : "answer/too-late";
}

/** Nobody answers once a day, and not for ever: on three days in both halves of the day it is enough. */
export function whyNotAttempt(question: Question, at: Date): RefusalCode | null {
  const no = whyNotRecordTo(question, at);
  if (no !== null) return no;
  if (isTriedEnough(question)) return "attempt/enough";
  return isTriedToday(question, at) ? "attempt/same-day" : null;
}

/** Null when a question of the round waits for an answer that this officer may record; otherwise why the first one does not. */
export function whyNotRecordAnswer(standing: Standing, round: Round, by: Officer, at: Date): RefusalCode | null {
  const no = whyNotRecord(standing, by);
  if (no !== null) return no;
  const refused = round.questions.map((question) => whyNotRecordTo(question, at));
  return refused.includes(null) ? null : (refused[0] ?? "question/none");
}

export function whyNotOverrule(standing: Standing, round: Round, by: Officer): RefusalCode | null {
  const no = whyNotAct(GATE_ACTS["overrule-answer"], standing, by);
  if (no !== null) return no;
  return whyNotUninvolved(standing, by) ?? (round.questions.some(standsAsNo) ? null : "answer/nothing-to-overrule");
}

export function whyNotPostNotice(standing: Standing, round: Round, by: Officer): RefusalCode | null {
  return whyNotAct(GATE_ACTS["post-notice"], standing, by) ?? (round.notice === null ? null : "notice/posted");
}

/** Anybody may object, without an account, from the posting to the end of the notice's last day. */
export function whyNotObject(standing: Standing, round: Round, today: Day): RefusalCode | null {
  if (standing.problem.status !== "verified" || round.notice === null) return "notice/none";
  return round.notice.lastDay !== null && today > round.notice.lastDay ? "notice/over" : null;
}

export function whyNotDecideObjection(standing: Standing, round: Round, by: Officer): RefusalCode | null {
  const no = whyNotAct(GATE_ACTS["decide-objection"], standing, by);
  if (no !== null) return no;
  return whyNotIndependent(standing, by) ?? (round.objections.some(isOpen) ? null : "objection/unknown");
}

/** It takes a verifier, as independent as for a check, wherever the problem stands; what was decided is decided. */
export function whyNotClearFlag(standing: Standing, by: Officer, state: FlagState): RefusalCode | null {
  return whyNotDuty(by, "verifier") ?? whyNotIndependent(standing, by) ?? DECIDED[state];
}

/** The same, and what went back to work for another reason has answered it. */
export function whyNotUpholdFlag(standing: Standing, by: Officer, state: FlagState): RefusalCode | null {
  const no = whyNotAct(UPHOLD_FLAG, standing, by) ?? whyNotIndependent(standing, by);
  return no ?? (state === "acted" ? "flag/acted" : DECIDED[state]);
}

const DECIDED: Record<FlagState, RefusalCode | null> = { open: null, cleared: "flag/cleared", upheld: "flag/upheld", acted: null };

/** Null when a flag is open that this officer may decide. */
export function whyNotDecideFlag(standing: Standing, round: Round, by: Officer): RefusalCode | null {
  return whyNotClearFlag(standing, by, "open") ?? (round.flags.length > 0 ? null : "flag/unknown");
}

/** Said to be done, by those who did it or by whoever checked it, and not struck off. */
export function isCalledDone(status: Status): boolean {
  return status === "rectified" || status === "verified";
}

/** Back to work because a reporter's "no" is honoured. */
export function whyNotReturn(standing: Standing, round: Round, by: Officer): RefusalCode | null {
  return whyNotAct(GATE_ACTS.return, standing, by) ?? (round.questions.some(standsAsNo) ? null : "answer/none-to-honour");
}

/** The closing gate: who, then every condition in the order in which the office meets it. */
export function whyNotClose(standing: Standing, round: Round, by: Officer, at: Date): RefusalCode | null {
  const no = whyNotAct(GATE_ACTS.close, standing, by);
  if (no !== null) return no;
  if (round.check?.checkedBy === by.id) return "closer/only-verifier";
  return whyNotUninvolved(standing, by) ?? whyGateShut(round, at);
}

export function whyGateShut(round: Round, at: Date): RefusalCode | null {
  if (round.unasked.length > 0) return "question/unasked";
  if (round.questions.some(standsAsNo)) return "answer/no-stands";
  if (round.questions.some((question) => isWaiting(question, at))) return "question/window-open";
  if (round.objections.some(isOpen)) return "objection/open";
  if (round.flags.length > 0) return "flag/open";
  if (round.notice === null) return "notice/none";
  if (round.notice.lastDay === null) return "notice/waits-for-calendar";
  return dayOf(at) <= round.notice.lastDay ? "notice/running" : null;
}

export function whyNotLookBack(standing: Standing, round: Round, by: Officer, today: Day): RefusalCode | null {
  const no = whyNotAct(GATE_ACTS["look-back"], standing, by);
  if (no !== null) return no;
  const independent = whyNotIndependent(standing, by);
  if (independent !== null) return independent;
  const waiting = round.lookBacks.filter(isAhead);
  if (waiting.length === 0) return "look-back/unknown";
  return waiting.some((lookBack) => lookBack.dueOn <= today) ? null : "look-back/not-due";
}

export function whyNotReopen(standing: Standing, by: Officer): RefusalCode | null {
  return whyNotAct(GATE_ACTS.reopen, standing, by);
}

/** A "not solved" that nobody has overruled. What a reporter who has withdrawn said still stands. */
export function standsAsNo(question: Question): boolean {
  return question.answer !== null && !question.answer.solved && question.overruling === null;
}

/** Within the window, not answered, and not out of reach. Once everybody asked has answered, the window is over for this problem. */
export function isWaiting(question: Question, at: Date): boolean {
  return question.answer === null && question.reachable && isWithinWindow(question, at);
}

/** The window ended without an answer of somebody who could give one. */
export function isSilent(question: Question, at: Date): boolean {
  return question.answer === null && question.reachable && !question.withdrawn && at > question.openUntil;
}

/** The reporter has said it themselves. */
export function isOwnAnswer({ answer }: Question): boolean {
  return answer !== null && answer.recorded === null;
}

function isWithinWindow(question: Question, at: Date): boolean {
  return !question.withdrawn && at <= question.openUntil;
}

export function isOpen(objection: Objection): boolean {
  return objection.decision === null;
}

export function isAhead(lookBack: LookBack): boolean {
  return lookBack.outcome === null && !lookBack.dropped;
}
