import { hasDuty, type Officer } from "#people/officer";
import { whyNotWork } from "#ledger/who-may";
import type { DeskCommand } from "./desk.ts";
import { TURN_STEPS, TURNS, type Judged, type TurnStep } from "./waiting.ts";

/** What a problem waits for from one officer: a step of a duty, or the work itself. */
export type OwnTurn = TurnStep | "work";

/** The first step the officer is waited for now, in the order in which a problem meets them; null when it waits for others, or for time. */
export function turnOf(of: Judged, by: Officer, at: Date): OwnTurn | null {
  const isTheirs = (step: TurnStep) => {
    const { duty, since, whyNot } = TURNS[step];
    return hasDuty(by, duty) && since(of) !== null && whyNot(of, by, at) === null;
  };
  const step = TURN_STEPS.find(isTheirs);
  if (step !== undefined) return step;
  return whyNotWork("declare-rectified", of.standing, by) === null ? "work" : null;
}

/** The acts by which a step is taken, the likeliest first. A flag is decided on its own page, beside its evidence. */
export const ACTS_OF_TURN: Record<OwnTurn, readonly DeskCommand[]> = {
  assign: ["assign"],
  "decide-extension": ["decide-extension"],
  "decide-second-extension": ["decide-extension"],
  "decide-dismissal": ["decide-dismissal"],
  resume: ["resume"],
  "settle-answer": ["return", "overrule-answer"],
  "ask-reporters": ["ask-reporters"],
  "post-notice": ["post-notice"],
  close: ["close"],
  "decide-flag": [],
  check: ["check"],
  "decide-objection": ["decide-objection"],
  "look-back": ["look-back"],
  "decide-suspension": ["decide-suspension"],
  work: ["record-progress", "declare-rectified"],
};
