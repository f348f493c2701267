import type { Officer } from "#people/officer";
import { dayOf, type Day } from "#platform/instant";
import type { RefusalCode } from "#refusals";
import { whyNotExtendable } from "#ledger/due-days";
import {
  LEDGER_ACTS,
  whyNotAct,
  whyNotAskExtension,
  whyNotAskSuspension,
  whyNotDecideDismissal,
  whyNotDecideExtension,
  whyNotDecideSuspension,
  whyNotProposeDismissal,
  whyNotWork,
} from "#ledger/who-may";
import type { DeskCommand, Offer, ProblemDesk } from "./desk.ts";
import {
  whyNotAskReporters,
  whyNotCheck,
  whyNotClose,
  whyNotDecideObjection,
  whyNotLookBack,
  whyNotOverrule,
  whyNotPostNotice,
  whyNotRecordAnswer,
  whyNotReopen,
  whyNotReturn,
} from "#verification/gate";

type Judged = Pick<ProblemDesk, "standing" | "round" | "latestExtensionOn">;

/** Every command in working order, each possible or refused by the very function that would refuse it. */
export function offersOf(desk: Judged, by: Officer, at: Date): readonly Offer[] {
  const { standing, round } = desk;
  const today = dayOf(at);
  const whyNot: Record<DeskCommand, RefusalCode | null> = {
    assign: whyNotAct(LEDGER_ACTS.assign, standing, by),
    theme: whyNotAct(LEDGER_ACTS.theme, standing, by),
    "record-progress": whyNotWork("record-progress", standing, by),
    "add-evidence": whyNotWork("add-evidence", standing, by),
    "declare-rectified": whyNotWork("declare-rectified", standing, by),
    "ask-extension": whyNotAskExtension(standing, by) ?? whyNoLaterDay(desk, today),
    "decide-extension": whyNotDecideExtension(standing, by),
    "ask-suspension": whyNotAskSuspension(standing, by),
    "decide-suspension": whyNotDecideSuspension(standing, by),
    resume: whyNotAct(LEDGER_ACTS.resume, standing, by),
    remind: whyNotAct(LEDGER_ACTS.remind, standing, by),
    "hand-over": whyNotAct(LEDGER_ACTS["hand-over"], standing, by),
    check: whyNotCheck(standing, by),
    "ask-reporters": whyNotAskReporters(standing, round, by),
    "record-answer": whyNotRecordAnswer(standing, round, by, at),
    "post-notice": whyNotPostNotice(standing, round, by),
    "overrule-answer": whyNotOverrule(standing, round, by),
    return: whyNotReturn(standing, round, by),
    "decide-objection": whyNotDecideObjection(standing, round, by),
    close: whyNotClose(standing, round, by, at),
    "look-back": whyNotLookBack(standing, round, by, today),
    reopen: whyNotReopen(standing, by),
    "propose-dismissal": whyNotProposeDismissal(standing, by),
    "decide-dismissal": whyNotDecideDismissal(standing, by),
    reinstate: whyNotAct(LEDGER_ACTS.reinstate, standing, by),
  };
  return DESK_ORDER.map((command) => ({ command, refused: whyNot[command] }));
}

function whyNoLaterDay({ standing, latestExtensionOn }: Judged, today: Day): RefusalCode | null {
  const { dueOn } = standing.problem;
  return dueOn === null || latestExtensionOn === null ? "due/waits-for-calendar" : whyNotExtendable(dueOn, today, latestExtensionOn);
}

/** The order in which a problem meets them. */
const DESK_ORDER: readonly DeskCommand[] = [
  ...(["assign", "theme", "record-progress", "add-evidence", "declare-rectified", "ask-extension", "decide-extension"] as const),
  ...(["ask-suspension", "decide-suspension", "resume", "remind", "hand-over"] as const),
  ...(["check", "ask-reporters", "record-answer", "post-notice", "overrule-answer", "return"] as const),
  ...(["decide-objection", "close", "look-back", "reopen"] as const),
  ...(["propose-dismissal", "decide-dismissal", "reinstate"] as const),
];
