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

const ABOUT_IDENTITIES: readonly Verb[] = [
  "identity.looked-at",
  "identity.called",
  "identity.searched",
  "identity.corrected",
  "identity.erased",
];
const ABOUT_FILES: readonly Verb[] = ["file.added", "file.forgotten", "file.blacked-out", "file.redacted"];

/**
 * Of these the log does not say whom or what they were about: what happens in the vault would point at a reporter, and a file's id
 * is made of its hash, by which whoever holds a photo could tell that it was sent in.
 */
export const UNTOLD_SUBJECTS: ReadonlySet<string> = new Set<string>([...ABOUT_IDENTITIES, ...ABOUT_FILES]);

/** Words that name a file by its hash: they stand open once the public sees that file, and only then. */
const HASHES: readonly string[] = ["sha256", "copy"];

export function isHashOfFile(verb: string, field: string): boolean {
  return ABOUT_FILES.some((about) => about === verb) && HASHES.includes(field);
}

/**
 * Facts that would name a clerk or a handler, a file while nobody may see it, or tie a report to its problem; they stay behind the
 * event's seal.
 */
export const UNTOLD_FACTS: { readonly [verb: string]: readonly string[] } = {
  "problem.joined": ["report"],
  "problem.released": ["report"],
  "log.exported": ["officer", "subject"],
  // Events from before hashes were words, where they have no place yet.
  "file.added": ["sha256", "original"],
  "file.forgotten": ["sha256"],
  "file.blacked-out": ["sha256", "copy"],
  "file.redacted": ["sha256"],
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
