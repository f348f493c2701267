import type { Actor } from "#audit/append-event";
import type { RefusalCode } from "#refusals";

export const DUTIES = [
  "clerk",
  "handler",
  "leader",
  "office",
  "verifier",
  "secretary",
  "system_admin",
  "security_admin",
  "auditor",
] as const;
export type Duty = (typeof DUTIES)[number];

/** Somebody who works for the town, as the rules see them: who, of which unit, with which duties. */
export type Officer = {
  readonly id: string;
  readonly unit: string;
  readonly name: string;
  readonly duties: ReadonlySet<Duty>;
};

/** 三权分立: accounts, policies and the log are three hands (GB/T 22239-2019 §8.1.4.2). */
export const THREE_HANDS: readonly Duty[] = ["system_admin", "security_admin", "auditor"];

export function asActor(by: Officer): Actor {
  return { kind: "officer", id: by.id };
}

export function hasDuty(by: Officer, ...anyOf: readonly Duty[]): boolean {
  return anyOf.some((duty) => by.duties.has(duty));
}

/** Null when the officer holds one of the duties. */
export function whyNotDuty(by: Officer, ...anyOf: readonly Duty[]): RefusalCode | null {
  return hasDuty(by, ...anyOf) ? null : "officer/not-allowed";
}

/**
 * Whether the duty may be added to those held: one of the three hands is its holder's only duty, so that none of them reads what
 * people report; a secretary never verifies.
 */
export function whyNotHold(held: ReadonlySet<Duty>, duty: Duty): RefusalCode | null {
  if (held.has(duty)) return "duty/held";
  if (held.size > 0 && (THREE_HANDS.includes(duty) || THREE_HANDS.some((hand) => held.has(hand)))) return "duty/conflict";
  if (duty === "verifier" && held.has("secretary")) return "duty/conflict";
  if (duty === "secretary" && held.has("verifier")) return "duty/conflict";
  return null;
}

/** Whether the duty may be granted. Duties are the security admin's to grant, to others only; `by` null: at set-up. */
export function whyNotGrant(by: Officer | null, officer: Officer, duty: Duty): RefusalCode | null {
  if (by === null) return whyNotHold(officer.duties, duty);
  return whyNotDuty(by, "security_admin") ?? (by.id === officer.id ? "officer/self" : whyNotHold(officer.duties, duty));
}

/** Whether the duty may be taken back; `everybody` are the officers who can sign in. */
export function whyNotRevoke(by: Officer, officer: Officer, duty: Duty, everybody: readonly Officer[]): RefusalCode | null {
  const refused = whyNotDuty(by, "security_admin");
  if (refused !== null) return refused;
  if (by.id === officer.id) return "officer/self";
  if (!officer.duties.has(duty)) return "duty/missing";
  return isLast(officer, duty, everybody) ? "duty/last-of-its-kind" : null;
}

/** Whether the officer's account may be closed; `everybody` are the officers who can sign in. */
export function whyNotDisable(by: Officer | null, officer: Officer, everybody: readonly Officer[]): RefusalCode | null {
  if (by !== null) {
    const refused = whyNotDuty(by, "system_admin") ?? (by.id === officer.id ? "officer/self" : null);
    if (refused !== null) return refused;
  }
  return THREE_HANDS.some((hand) => officer.duties.has(hand) && isLast(officer, hand, everybody)) ? "duty/last-of-its-kind" : null;
}

// Without its last administrator or auditor a town could never have one again.
function isLast(officer: Officer, duty: Duty, everybody: readonly Officer[]): boolean {
  return THREE_HANDS.includes(duty) && !everybody.some((other) => other.id !== officer.id && other.duties.has(duty));
}
