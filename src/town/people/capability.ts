import type { Duty, Officer } from "./officer.ts";

/**
 * What a door lets somebody do, and the duties that grant it: the one table. Routes of the office and keys of programs name capabilities;
 * whether an act is possible in its place and time is its room's question (`whyNot…`).
 */
export const CAPABILITIES = {
  /** Reads reports that came in, answers, joins, opens, covers photos. */
  triage: ["clerk", "office"],
  /** Opens the desk of a problem, lists and exports them. */
  "see-problems": ["clerk", "handler", "leader", "office", "secretary", "verifier"],
  /** Records progress, adds evidence, declares rectified, asks for more time. */
  work: ["handler", "leader"],
  "ask-suspension": ["leader"],
  /** Assigns, hands over, decides what others asked for, heads campaigns. */
  steer: ["office", "secretary"],
  /** Dismisses, gives notice, overrules, closes, withdraws photos. */
  oversee: ["office"],
  "decide-suspension": ["secretary"],
  /** Checks, looks back, clears flags, decides objections. */
  verify: ["verifier"],
  /** Asks reporters, sends back, opens again. */
  "follow-up": ["verifier", "office"],
  /** Units, villages. */
  "keep-places": ["office", "system_admin"],
  /** Categories with their limits, the calendar: who is measured by them does not set them. */
  "keep-limits": ["system_admin"],
  /** The town's name and how it is reached. */
  "keep-town": ["system_admin"],
  /** What the town still lacks before it can live. */
  "see-opening": ["office", "system_admin", "security_admin", "auditor"],
  /** Accounts, devices and programs. */
  "keep-accounts": ["system_admin"],
  /** Duties and policies. */
  "keep-duties": ["security_admin"],
  "see-accounts": ["security_admin", "system_admin"],
  "read-log": ["auditor"],
  /** Sends reports in a program's own name: no duty grants it, a key does. Anybody may send them in nobody's. */
  "send-reports": [],
} as const satisfies Record<string, readonly Duty[]>;

export type Capability = keyof typeof CAPABILITIES;

/** The duties that grant it. */
export function dutiesFor(capability: Capability): readonly Duty[] {
  return CAPABILITIES[capability];
}

/** Whether one of the officer's duties grants it. */
export function may(by: Pick<Officer, "duties">, capability: Capability): boolean {
  return dutiesFor(capability).some((duty) => by.duties.has(duty));
}
