import { AUDIT_EVENTS } from "#audit/events";
import type { Kind } from "#audit/kind";
import { EVIDENCE_EVENTS } from "#evidence/events";
import { INTAKE_EVENTS } from "#intake/events";
import { LEDGER_EVENTS } from "#ledger/events";
import { LIMITS_EVENTS } from "#limits/events";
import { LOG_EVENTS } from "#log/events";
import { PEOPLE_EVENTS } from "#people/events";
import { PUBLICATION_EVENTS } from "#publication/events";
import { VAULT_EVENTS } from "#vault/events";
import { VERIFICATION_EVENTS } from "#verification/events";
import { PROOF_EVENTS } from "./events.ts";

/** Every kind of event there is: the events of all rooms. A verb once used is never renamed: the log keeps it for ever. */
export const EVENTS = {
  ...AUDIT_EVENTS,
  ...PEOPLE_EVENTS,
  ...LOG_EVENTS,
  ...LIMITS_EVENTS,
  ...VAULT_EVENTS,
  ...EVIDENCE_EVENTS,
  ...LEDGER_EVENTS,
  ...VERIFICATION_EVENTS,
  ...INTAKE_EVENTS,
  ...PUBLICATION_EVENTS,
  ...PROOF_EVENTS,
};

export type Verb = keyof typeof EVENTS;

const KINDS: ReadonlyMap<string, Kind> = new Map(Object.entries(EVENTS));

export const VERBS: readonly Verb[] = Object.keys(EVENTS).filter(isVerb);

/** The kind of a verb; null for one of a later version of the program. */
export function kindOf(verb: string): Kind | null {
  return KINDS.get(verb) ?? null;
}

export function isVerb(verb: string): verb is Verb {
  return KINDS.has(verb);
}
