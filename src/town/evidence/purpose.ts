import type { Actor } from "#audit/append-event";

/** What files can belong to. */
export type SubjectKind = "draft" | "report" | "problem";

export type PurposeName = "draft" | "report" | "before" | "during" | "after" | "paper";

/** What was sent in a call is a third kind, when a room comes to keep it. */
export type FileKind = "photo" | "document";

export type Purpose = {
  /** What kind of subject it has. */
  readonly of: SubjectKind;
  /** What kind of file: a photo is shown as a picture, a document never. */
  readonly takes: FileKind;
  /** Who makes such a use; whether this one may is asked by the room whose subject it is. */
  readonly by: Actor["kind"];
  /** Beside what was sent for the subject itself: purposes for which a file already serves when it is chosen for this one. */
  readonly from: readonly PurposeName[];
  /** Whether everybody sees the file, and from when. */
  readonly shown: "to everybody, at once" | "never";
  /** Whether the file goes on waiting for what it was sent for: counted to its sender, and forgotten when nothing else comes of it. */
  readonly waits: boolean;
  /** For how many days a file is kept when its use has ended and it has no other; null: for ever, unseen. */
  readonly keptDays: number | null;
};

/**
 * Everything a file can be used for. A room that comes to use files brings its purpose here; who sees them, how long they are kept and
 * where they may come from follows from it, everywhere.
 */
export const PURPOSES: { readonly [name in PurposeName]: Purpose } = {
  /** Chosen for a report that is still being written. */
  draft: { of: "draft", takes: "photo", by: "resident", from: [], shown: "never", waits: true, keptDays: 0 },
  /** What somebody told the town with: for those who triage it. */
  report: { of: "report", takes: "photo", by: "resident", from: [], shown: "never", waits: false, keptDays: 30 },
  /** What is wrong: also chosen from the reports that the problem answers. */
  before: { of: "problem", takes: "photo", by: "officer", from: ["report"], shown: "to everybody, at once", waits: false, keptDays: null },
  during: { of: "problem", takes: "photo", by: "officer", from: [], shown: "to everybody, at once", waits: false, keptDays: null },
  after: { of: "problem", takes: "photo", by: "officer", from: [], shown: "to everybody, at once", waits: false, keptDays: null },
  /** What the work rests on (a record of acceptance, minutes, a contract): for the officers of its desk. */
  paper: { of: "problem", takes: "document", by: "officer", from: [], shown: "never", waits: false, keptDays: null },
};

/** The purposes of which something is true, as a condition of SQL asks for them. */
export function purposesWhere(is: (purpose: Purpose) => boolean): string[] {
  return Object.entries(PURPOSES).flatMap(([name, purpose]) => (is(purpose) ? [name] : []));
}
