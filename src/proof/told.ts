import type { Verb } from "#audit/verb";
import { PUBLIC_VERBS } from "#publication/public-verbs";

/** What leaders, the office, verifiers and the secretary decide, and every look into the vault: the log names, by id, who did it. */
const DECIDING: readonly Verb[] = [
  "problem.assigned",
  "problem.handed-over",
  "extension.granted",
  "extension.refused",
  "suspension.approved",
  "suspension.refused",
  "dismissal.proposed",
  "dismissal.confirmed",
  "dismissal.refused",
  "problem.reinstated",
  "check.passed",
  "check.failed",
  "answer.overruled",
  "answer.honoured",
  "notice.posted",
  "objection.upheld",
  "objection.rejected",
  "problem.closed",
  "look-back.held",
  "look-back.relapsed",
  "problem.recurred",
  "flag.cleared",
  // A look into the vault is answered for by whoever took it.
  "identity.looked-at",
  "identity.called",
  "identity.searched",
];
export const DECIDING_VERBS: ReadonlySet<string> = new Set<string>(DECIDING);

/** Of these the log does not say whom or what they were about: what happens in the vault would point at a reporter. */
const UNTOLD: readonly Verb[] = ["identity.looked-at", "identity.called", "identity.searched", "identity.corrected", "identity.erased"];
export const UNTOLD_SUBJECTS: ReadonlySet<string> = new Set<string>(UNTOLD);

/** Facts that would name a clerk or a handler, or tie a report to the problem it became; they stay behind the event's seal. */
export const UNTOLD_FACTS: { readonly [verb: string]: readonly string[] } = {
  "problem.joined": ["report"],
  "problem.released": ["report"],
  "log.exported": ["officer", "subject"],
} satisfies { readonly [verb in Verb]?: readonly string[] };

const LEADERS = ["leader1", "leader2"];

/** Beside what the story of a problem tells: its page shows these too, and anybody may read the names of the town's parts. */
const ALSO_OPEN: { readonly [verb: string]: readonly string[] } = {
  "problem.opened": ["details", "place"],
  "problem.assigned": LEADERS,
  "problem.handed-over": LEADERS,
  "check.passed": ["verifier"],
  "check.failed": ["verifier"],
  "look-back.held": ["verifier"],
  "look-back.relapsed": ["verifier"],
  "town.added": ["name"],
  "unit.added": ["name"],
  "unit.changed": ["name"],
  "village.added": ["name"],
  "village.changed": ["name"],
  "category.added": ["name"],
  "category.changed": ["name"],
  "campaign.added": ["nameZh", "nameEn"],
  "campaign.changed": ["nameZh", "nameEn"],
  "theme.added": ["nameZh", "nameEn"],
  "theme.changed": ["nameZh", "nameEn"],
  "calendar.imported": ["source"],
  "text.redacted": ["reason"],
  "file.redacted": ["reason"],
  "file.blacked-out": ["reason"],
} satisfies { readonly [verb in Verb]?: readonly string[] };

const OPEN: { readonly [verb: string]: { readonly words: readonly string[] } } = PUBLIC_VERBS;

/** The fields of an event's words that stand open beside the log. */
export function openFields(verb: string): readonly string[] {
  return [...(OPEN[verb]?.words ?? []), ...(ALSO_OPEN[verb] ?? [])];
}
