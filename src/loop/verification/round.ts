import type { Day } from "#platform/instant";

/** How somebody was asked who did not answer by receipt code. */
export const MANNERS = ["phone", "visit", "email", "wechat"] as const;
export type Manner = (typeof MANNERS)[number];

/** Who wrote an answer down, and how they asked for it. */
export type Recorded = { readonly manner: Manner; readonly by: string };

/** How somebody is gone after who has not answered. */
export const CALL_MANNERS = ["phone", "visit"] as const satisfies readonly Manner[];
export type CallManner = (typeof CALL_MANNERS)[number];

/** Somebody uninvolved called or went there, and nobody answered. */
export type Attempt = { readonly id: string; readonly manner: CallManner; readonly by: string; readonly at: Date };

/** What a reporter said last; `recorded` is null when they said it themselves. */
export type Answer = {
  readonly solved: boolean;
  readonly satisfied: boolean | null;
  readonly why: string;
  readonly answeredAt: Date;
  readonly recorded: Recorded | null;
};

/** One question to one reporter, with what came of it. No answer when the window ends is silence, and stays silence. */
export type Question = {
  readonly id: string;
  readonly report: string;
  readonly askedAt: Date;
  readonly openUntil: Date;
  /** The reporter took the report back: nobody is waited for. */
  readonly withdrawn: boolean;
  /** Judged now: whose contacts were erased since, and who holds no receipt, is not waited for and is not silent. */
  readonly reachable: boolean;
  /** How they can be gone after, by what is held now; nobody is who has answered. */
  readonly callableBy: readonly CallManner[];
  /** At most one a day, the first one first. */
  readonly attempts: readonly Attempt[];
  readonly answer: Answer | null;
  /** Of the answer that counts: what the reporter says after it is weighed anew. */
  readonly overruling: { readonly reason: string; readonly overruledBy: string; readonly overruledAt: Date } | null;
};

export type Objection = {
  readonly id: string;
  readonly notice: string;
  readonly reason: string;
  readonly raisedAt: Date;
  /** By which day it is answered in public; null until the calendar that it needs arrives. */
  readonly dueOn: Day | null;
  readonly decision: "upheld" | "rejected" | null;
  readonly decisionReason: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
};

export type LookBack = {
  readonly id: string;
  readonly dueOn: Day;
  readonly outcome: "held" | "relapsed" | null;
  readonly finding: string | null;
  readonly doneBy: string | null;
  readonly doneAt: Date | null;
  /** The problem came back before its day. */
  readonly dropped: boolean;
};

/** A reason to look that nobody has decided. */
export type OpenFlag = { readonly id: string; readonly raisedAt: Date; readonly dueOn: Day | null };

export type Check = {
  readonly id: string;
  readonly rectification: string;
  readonly manner: "on_site" | "on_paper";
  /** By position; null where each measure was not yet asked about. */
  readonly measuresSeen: readonly number[] | null;
  /** Why others were not seen, where any was not. */
  readonly unseen: string;
  readonly finding: string;
  readonly outcome: "passed" | "failed";
  readonly checkedBy: string;
  readonly checkedAt: Date;
};

/**
 * What stands between a problem and its closing. A round begins when a check passes and ends with the closing or with the
 * return to work; objections, flags and look-backs are the problem's, whatever the round.
 */
export type Round = {
  /** The latest check; the round's when it passed and the problem is verified or closed. */
  readonly check: Check | null;
  readonly questions: readonly Question[];
  /** Reports whose reporter can be asked and was not in this round: they joined after the check, or left a contact after it. */
  readonly unasked: readonly string[];
  /** Reports whose reporter nobody can ask: they hold no receipt, and no contact is held. */
  readonly unreachable: readonly string[];
  /** Its last day is null until the calendar that it needs arrives. */
  readonly notice: { readonly id: string; readonly postedAt: Date; readonly postedBy: string; readonly lastDay: Day | null } | null;
  readonly objections: readonly Objection[];
  /** Of the problem, whatever the round; the oldest first. */
  readonly flags: readonly OpenFlag[];
  readonly lookBacks: readonly LookBack[];
};
