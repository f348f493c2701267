import type { Day } from "#platform/instant";
import type { Fact } from "#platform/canonical-json";
import type { Verb } from "#audit/verb";
import type { LedgerAct } from "#ledger/who-may";
import type { Standing } from "#ledger/standing";
import type { RefusalCode } from "#refusals";
import type { GateAct } from "./gate.ts";
import type { Round } from "./round.ts";

/** What can be done at the desk: the last word of `POST /office/ledger/:number/<command>`. */
export type DeskCommand = Exclude<LedgerAct, "open" | "join"> | GateAct;

/** A command at the desk: possible, or why not. The page shows it grey with the refusal's words. */
export type Offer = { readonly command: DeskCommand; readonly refused: RefusalCode | null };

/** Everything the desk page shows, and every fact its offers are judged by. People are ids: names are the directory's. */
export type ProblemDesk = {
  readonly standing: Standing;
  readonly round: Round;
  readonly assignments: readonly Assignment[];
  readonly progress: readonly { readonly id: string; readonly note: string; readonly recordedBy: string; readonly recordedAt: Date }[];
  readonly evidence: readonly Evidence[];
  readonly rectifications: readonly { readonly id: string; readonly done: string; readonly declaredBy: string; readonly declaredAt: Date }[];
  readonly extensions: readonly Extension[];
  readonly suspensions: readonly Suspension[];
  readonly dismissals: readonly Dismissal[];
  readonly reminders: readonly { readonly id: string; readonly note: string; readonly sentBy: string; readonly sentAt: Date }[];
  readonly reports: readonly { readonly report: string; readonly channel: string; readonly reachable: boolean; readonly joinedAt: Date; readonly withdrawn: boolean }[];
  /** The latest 200, newest first. `facts.version` is the version the event made: those above the form's version happened meanwhile. */
  readonly events: readonly DeskEvent[];
  /** The last due day an assignment today may set; null while the calendar of that year is unknown. */
  readonly latestDueOn: Day | null;
  /** The last day an extension may ask for; null without a due day or calendar. */
  readonly latestExtensionOn: Day | null;
};

type Decided<Decision extends string> = {
  readonly decision: Decision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
};

export type Assignment = {
  readonly id: string;
  readonly leaders: readonly string[];
  readonly unit: string;
  readonly measures: readonly string[];
  readonly goal: string;
  readonly dueOn: Day;
  readonly assignedBy: string;
  readonly assignedAt: Date;
  /** Empty for an assignment, why for a hand-over. */
  readonly reason: string;
};

export type Evidence = {
  readonly sha256: string;
  readonly thumbnailSha256: string | null;
  readonly stage: "before" | "during" | "after";
  readonly caption: string;
  readonly addedBy: string;
  readonly addedAt: Date;
  readonly redacted: boolean;
};

export type Extension = Decided<"granted" | "refused"> & {
  readonly id: string;
  readonly fromDueOn: Day;
  readonly newDueOn: Day;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Date;
};

export type Suspension = Decided<"approved" | "refused"> & {
  readonly id: string;
  readonly reason: string;
  readonly resumeOn: Day;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly endedAt: Date | null;
};

export type Dismissal = Decided<"confirmed" | "refused"> & {
  readonly id: string;
  readonly ground: "untrue" | "not_ours" | "already_done";
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
};

export type DeskEvent = {
  readonly id: string;
  readonly verb: Verb;
  readonly at: Date;
  /** An officer's id; null for a resident or the system. */
  readonly actor: string | null;
  readonly actorKind: "officer" | "resident" | "system";
  readonly facts: { readonly [name: string]: Fact };
  /** Absent where redacted. */
  readonly words: { readonly [field: string]: string };
};
