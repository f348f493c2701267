import type { Officer } from "#people/officer";
import type { RefusalCode } from "#refusals";

/** None of the three administrators reads what people report (rules of the ledger, §4). */
const ADMINISTRATORS = ["system_admin", "security_admin", "auditor"] as const;

export function whyNotReceiver(officer: Pick<Officer, "duties"> | null): RefusalCode | null {
  if (officer === null) return "officer/unknown";
  return ADMINISTRATORS.some((duty) => officer.duties.has(duty)) ? "receiver/administrator" : null;
}

/** Where reports of a sealed category go to: whom it names, or the secretary where it names nobody or the reporter chose so. */
export type SealedFor = { readonly receivers: readonly string[]; readonly forSecretary: boolean };

/** The one rule of who sees a sealed report. */
export function isReceiver(by: Officer, { receivers, forSecretary }: SealedFor): boolean {
  if (whyNotReceiver(by) !== null) return false;
  return forSecretary || receivers.length === 0 ? by.duties.has("secretary") : receivers.includes(by.id);
}
