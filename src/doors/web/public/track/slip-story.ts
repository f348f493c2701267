import { findSlip, type Slip } from "#intake/find-slip";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { findStory, type Story } from "#publication/problem-story";
import { findRound } from "#verification/find-round";
import type { Round } from "#verification/round";
import { nextOfProblem, type NextStep } from "./next-step.ts";

/** A slip with the problem it is about, as everybody reads it. */
export type SlipStory = {
  readonly slip: Slip;
  readonly told: Story;
  /** What stands between the problem and the closing. */
  readonly round: Round;
};

export type SlipKind = "objection" | "me-too";
export type SlipState = "open" | "upheld" | "rejected" | "counted";

export async function readSlipStory(town: Town, id: string): Promise<SlipStory | null> {
  const slip = await findSlip(town, id);
  if (slip === null) return null;
  const told = await findStory(town, slip.number);
  return told === null ? null : { slip, told, round: await findRound(town, slip.problem) };
}

export function kindOfSlip({ objection }: Slip): SlipKind {
  return objection === null ? "me-too" : "objection";
}

/** An objection is open until it is decided; a "me too" is counted, and that is all. */
export function stateOfSlip({ objection }: Slip): SlipState {
  return objection === null ? "counted" : (objection.decision ?? "open");
}

/** The answer that is owed to the objection, then whatever the problem waits for. Nobody who holds a slip is asked whether it is solved. */
export function nextOfSlip({ slip, told }: SlipStory, at: Date): NextStep {
  const { objection } = slip;
  const today = dayOf(at);
  if (objection?.decision === null) {
    if (objection.dueOn === null) return { says: "objectionSoon", on: null };
    return { says: objection.dueOn < today ? "objectionLate" : "objection", on: objection.dueOn };
  }
  return told.problem.status === "closed" ? { says: "nothing", on: null } : nextOfProblem(told.problem, today);
}
