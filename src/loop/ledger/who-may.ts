import { hasDuty, whyNotDuty, type Duty, type Officer } from "#people/officer";
import type { RefusalCode } from "#refusals";
import { whyNotUninvolved } from "./involvement.ts";
import type { Status } from "./problem.ts";
import type { Standing } from "./standing.ts";

/** Who may do an act, and from which statuses (rules-of-the-ledger §3 and §4). */
export type Act = { readonly duties: readonly Duty[]; readonly from: readonly Status[] };

const ON_THE_WAY: readonly Status[] = ["opened", "assigned", "suspended", "rectified", "verified"];
const ANY: readonly Status[] = [...ON_THE_WAY, "closed", "dismissed"];

export const LEDGER_ACTS = {
  open: { duties: ["clerk", "office"], from: [] },
  "undo-opening": { duties: ["clerk", "office"], from: ["opened"] },
  join: { duties: ["clerk", "office"], from: ON_THE_WAY },
  // Also when it is struck off: "it is back" is how whoever looks back, or opens it again, hears of it.
  supplement: { duties: ["clerk", "office"], from: [...ON_THE_WAY, "closed"] },
  theme: { duties: ["office", "secretary"], from: ON_THE_WAY },
  assign: { duties: ["office", "secretary"], from: ["opened"] },
  // Not once a check has passed: whoever passed it could be made its leader afterwards, and no leader has verified.
  "hand-over": { duties: ["office", "secretary"], from: ["assigned", "suspended", "rectified"] },
  remind: { duties: ["office", "secretary"], from: ["assigned"] },
  "record-progress": { duties: ["handler", "leader"], from: ["assigned"] },
  "add-evidence": { duties: ["handler", "leader"], from: ["assigned"] },
  "declare-rectified": { duties: ["handler", "leader"], from: ["assigned"] },
  "ask-extension": { duties: ["handler", "leader"], from: ["assigned"] },
  "decide-extension": { duties: ["office", "secretary"], from: ANY },
  "ask-suspension": { duties: ["leader"], from: ["assigned"] },
  "decide-suspension": { duties: ["secretary"], from: ANY },
  resume: { duties: ["office"], from: ["suspended"] },
  "propose-dismissal": { duties: ["office"], from: ["opened", "assigned"] },
  "decide-dismissal": { duties: ["office", "secretary"], from: ANY },
  reinstate: { duties: ["office", "secretary"], from: ["dismissed"] },
} as const satisfies Record<string, Act>;

export type LedgerAct = keyof typeof LEDGER_ACTS;

/** The first question of every act: the duty, then where the problem stands. */
export function whyNotAct(act: Act, standing: Standing, by: Officer): RefusalCode | null {
  return whyNotDuty(by, ...act.duties) ?? whyNotFrom(act, standing.problem.status);
}

export function whyNotFrom(act: Act, status: Status): RefusalCode | null {
  if (act.from.includes(status)) return null;
  return status === "closed" ? "problem/closed" : "problem/wrong-status";
}

/** The work is done by a leader of this problem, or by a handler of the responsible unit or of a unit below it. */
export function whyNotWork(
  act: "record-progress" | "add-evidence" | "declare-rectified",
  standing: Standing,
  by: Officer,
): RefusalCode | null {
  return whyNotAct(LEDGER_ACTS[act], standing, by) ?? whyNotResponsible(standing, by);
}

export function whyNotResponsible(standing: Standing, by: Officer): RefusalCode | null {
  if (hasDuty(by, "leader") && answersFor(standing, by)) return null;
  if (hasDuty(by, "handler") && standing.unitsWithin.includes(by.unit)) return null;
  return hasDuty(by, "handler") ? "officer/wrong-unit" : "officer/not-leader";
}

export function whyNotAskExtension(standing: Standing, by: Officer): RefusalCode | null {
  return (
    whyNotAct(LEDGER_ACTS["ask-extension"], standing, by) ??
    whyNotResponsible(standing, by) ??
    (standing.extension === null ? null : "extension/waiting")
  );
}

/** Nobody decides what they asked for, nor on a problem they are involved in; from the second on it is the secretary's. */
export function whyNotDecideExtension(standing: Standing, by: Officer): RefusalCode | null {
  const no = whyNotAct(LEDGER_ACTS["decide-extension"], standing, by);
  if (no !== null) return no;
  if (standing.extension === null) return "extension/none-waiting";
  if (standing.extensionsGranted > 0 && !hasDuty(by, "secretary")) return "extension/second-needs-secretary";
  return whyNotImpartial(standing, standing.extension.by, by);
}

export function whyNotAskSuspension(standing: Standing, by: Officer): RefusalCode | null {
  const no = whyNotAct(LEDGER_ACTS["ask-suspension"], standing, by);
  if (no !== null) return no;
  if (!answersFor(standing, by)) return "officer/not-leader";
  return standing.suspension === null ? null : "suspension/waiting";
}

export function whyNotDecideSuspension(standing: Standing, by: Officer): RefusalCode | null {
  const no = whyNotAct(LEDGER_ACTS["decide-suspension"], standing, by);
  if (no !== null) return no;
  if (standing.suspension === null) return "suspension/none-waiting";
  return whyNotImpartial(standing, standing.suspension.by, by);
}

export function whyNotProposeDismissal(standing: Standing, by: Officer): RefusalCode | null {
  return whyNotAct(LEDGER_ACTS["propose-dismissal"], standing, by) ?? (standing.dismissal === null ? null : "dismissal/waiting");
}

export function whyNotDecideDismissal(standing: Standing, by: Officer): RefusalCode | null {
  const no = whyNotAct(LEDGER_ACTS["decide-dismissal"], standing, by);
  if (no !== null) return no;
  if (standing.dismissal === null) return "dismissal/none-waiting";
  if (standing.dismissal.by === by.id) return "dismissal/same-officer";
  return whyNotUninvolved(standing, by);
}

function whyNotImpartial(standing: Standing, askedBy: string, by: Officer): RefusalCode | null {
  return askedBy === by.id ? "officer/self" : whyNotUninvolved(standing, by);
}

export function answersFor(standing: Standing, by: Officer): boolean {
  return standing.problem.leaders.includes(by.id);
}
