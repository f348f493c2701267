import type { Step } from "#office/tasks";
import { ACTS_OF_TURN, type OwnTurn } from "#office/turn-of";

/** The desk, at the form of the act that the step is; a flag has its page. */
export function deskAddress(step: Step, number: string): string {
  const desk = `/office/ledger/${number}`;
  if (step === "decide-flag") return `${desk}#flags`;
  const act = step === "overdue" || step === "soon" ? "remind" : isTurn(step) ? ACTS_OF_TURN[step][0] : undefined;
  return act === undefined ? desk : `${desk}?act=${act}#act`;
}

function isTurn(step: Step): step is OwnTurn & Step {
  return step in ACTS_OF_TURN;
}
