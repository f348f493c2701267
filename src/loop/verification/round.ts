import type { Day } from "#platform/instant";

/** One question to one reporter, with what came of it. No answer when the window ends is silence, and stays silence. */
export type Question = {
  readonly id: string;
  readonly report: string;
  readonly askedAt: Date;
  readonly openUntil: Date;
  /** The reporter took the report back: nobody is waited for. */
  readonly withdrawn: boolean;
  readonly answer: { readonly solved: boolean; readonly satisfied: boolean | null; readonly why: string; readonly answeredAt: Date } | null;
  readonly overruling: { readonly reason: string; readonly overruledBy: string; readonly overruledAt: Date } | null;
};

export type Objection = {
  readonly id: string;
  readonly notice: string;
  readonly reason: string;
  readonly raisedAt: Date;
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

export type Check = {
  readonly id: string;
  readonly rectification: string;
  readonly manner: "on_site" | "on_paper";
  readonly finding: string;
  readonly outcome: "passed" | "failed";
  readonly checkedBy: string;
  readonly checkedAt: Date;
};

/**
 * What stands between a problem and its closing. A round begins when a check passes and ends with the closing or with the
 * return to work; objections and look-backs are the problem's, whatever the round.
 */
export type Round = {
  /** The latest check; the round's when it passed and the problem is verified or closed. */
  readonly check: Check | null;
  readonly questions: readonly Question[];
  /** Reachable reporters nobody has asked in this round: they joined after the check. */
  readonly unasked: number;
  /** Its last day is null until the calendar that it needs arrives. */
  readonly notice: { readonly id: string; readonly postedAt: Date; readonly postedBy: string; readonly lastDay: Day | null } | null;
  readonly objections: readonly Objection[];
  readonly lookBacks: readonly LookBack[];
};
