import type { Verb } from "#audit/verb";
import { PUBLIC_VERBS } from "#publication/public-verbs";

/** What only leaders, the office, verifiers and the secretary decide: the log names who did it. */
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
];
export const DECIDING_VERBS: ReadonlySet<string> = new Set<string>(DECIDING);

/** Of these the log does not say whom or what they were about: a look into the vault would point at a reporter. */
const UNTOLD: readonly Verb[] = ["identity.looked-at"];
export const UNTOLD_SUBJECTS: ReadonlySet<string> = new Set<string>(UNTOLD);

/** Facts that would name a clerk or a handler; they stay behind the event's seal. */
export const UNTOLD_FACTS: { readonly [verb: string]: readonly string[] } = {
  "log.exported": ["officer", "subject"],
} satisfies { readonly [verb in Verb]?: readonly string[] };

/** Beside what the story of a problem tells: its page shows these too, and anybody may read the names of the town's parts. */
const ALSO_OPEN: { readonly [verb: string]: readonly string[] } = {
  "problem.opened": ["title", "details", "place"],
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
} satisfies { readonly [verb in Verb]?: readonly string[] };

const OPEN: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(PUBLIC_VERBS).map(([verb, { words }]): [string, readonly string[]] => [verb, words]),
  ...Object.entries(ALSO_OPEN),
]);

/** The fields of an event's words that stand open beside the log. */
export function openFields(verb: string): readonly string[] {
  return OPEN.get(verb) ?? [];
}
