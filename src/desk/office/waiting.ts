import type { Duty, Officer } from "#people/officer";
import { addDays, dayOf, startOf, type Day } from "#platform/instant";
import type { RefusalCode } from "#refusals";
import type { Standing } from "#ledger/standing";
import { LEDGER_ACTS, whyNotAct, whyNotDecideDismissal, whyNotDecideExtension, whyNotDecideSuspension, whyNotWork } from "#ledger/who-may";
import {
  isAhead,
  isOpen,
  standsAsNo,
  whyNotAskReporters,
  whyNotCheck,
  whyNotClose,
  whyNotDecideFlag,
  whyNotDecideObjection,
  whyNotLookBack,
  whyNotOverrule,
  whyNotPostNotice,
  whyNotReturn,
} from "#verification/gate";
import type { Round } from "#verification/round";

/** Everything that what a problem waits for is judged by. */
export type Judged = { readonly standing: Standing; readonly round: Round };

/** A step that whoever holds a duty is waited for. */
type Turn = {
  readonly duty: Duty;
  /** Since when the problem waits for it, as far as what happened says; null when it waits for something else. */
  readonly since: (of: Judged) => Date | null;
  /** By when, where that is another day than the problem's own. */
  readonly dueOn?: (of: Judged) => Day | null;
  /** The very question that refuses the act. */
  readonly whyNot: (of: Judged, by: Officer, at: Date) => RefusalCode | null;
};

/** Every step of a problem that holders of a duty are waited for, in the order in which a problem meets them. */
export const TURNS = {
  // While its dismissal is proposed, that is decided first.
  assign: {
    duty: "office",
    since: ({ standing: { problem, dismissal } }) => (dismissal === null ? problem.openedAt : null),
    whyNot: ({ standing }, by) => whyNotAct(LEDGER_ACTS.assign, standing, by),
  },
  "decide-extension": {
    duty: "office",
    since: ({ standing }) => (standing.extensionsGranted === 0 ? (standing.extension?.at ?? null) : null),
    whyNot: ({ standing }, by) => whyNotDecideExtension(standing, by),
  },
  "decide-dismissal": {
    duty: "office",
    since: ({ standing }) => standing.dismissal?.at ?? null,
    whyNot: ({ standing }, by) => whyNotDecideDismissal(standing, by),
  },
  // A suspension ends by itself on its day: one that is still there on the day after could not.
  resume: {
    duty: "office",
    since: ({ standing: { problem } }) => (problem.resumeOn === null ? null : startOf(addDays(problem.resumeOn, 1))),
    whyNot: ({ standing }, by) => whyNotAct(LEDGER_ACTS.resume, standing, by),
  },
  // A "no" is honoured or overruled: whoever may do one of the two is waited for.
  "settle-answer": {
    duty: "office",
    since: ({ round }) => round.questions.find(standsAsNo)?.answer?.answeredAt ?? null,
    whyNot: ({ standing, round }, by) => whyNotReturn(standing, round, by) && whyNotOverrule(standing, round, by),
  },
  "ask-reporters": {
    duty: "office",
    since: ({ round }) => round.check?.checkedAt ?? null,
    whyNot: ({ standing, round }, by) => whyNotAskReporters(standing, round, by),
  },
  "post-notice": {
    duty: "office",
    since: ({ round }) => (round.questions.some(standsAsNo) ? null : (round.check?.checkedAt ?? null)),
    whyNot: ({ standing, round }, by) => whyNotPostNotice(standing, round, by),
  },
  close: {
    duty: "office",
    since: ({ round }) => round.check?.checkedAt ?? null,
    whyNot: ({ standing, round }, by, at) => whyNotClose(standing, round, by, at),
  },
  // A flag is looked at first: the check or the look-back after it knows more.
  "decide-flag": {
    duty: "verifier",
    since: ({ round }) => round.flags[0]?.raisedAt ?? null,
    dueOn: ({ round }) => firstOf(round.flags.flatMap(({ dueOn }) => dueOn ?? [])),
    whyNot: ({ standing, round }, by) => whyNotDecideFlag(standing, round, by),
  },
  check: {
    duty: "verifier",
    since: ({ standing: { problem } }) => (problem.rectifiedOn === null ? null : startOf(problem.rectifiedOn)),
    whyNot: ({ standing }, by) => whyNotCheck(standing, by),
  },
  "decide-objection": {
    duty: "verifier",
    since: ({ round }) => round.objections.find(isOpen)?.raisedAt ?? null,
    dueOn: ({ round }) => firstOf(round.objections.filter(isOpen).flatMap(({ dueOn }) => dueOn ?? [])),
    whyNot: ({ standing, round }, by) => whyNotDecideObjection(standing, round, by),
  },
  "look-back": {
    duty: "verifier",
    since: ({ round }) => startOfFirst(round.lookBacks.filter(isAhead).map(({ dueOn }) => dueOn)),
    whyNot: ({ standing, round }, by, at) => whyNotLookBack(standing, round, by, dayOf(at)),
  },
  "decide-suspension": {
    duty: "secretary",
    since: ({ standing }) => standing.suspension?.at ?? null,
    whyNot: ({ standing }, by) => whyNotDecideSuspension(standing, by),
  },
  "decide-second-extension": {
    duty: "secretary",
    since: ({ standing }) => (standing.extensionsGranted > 0 ? (standing.extension?.at ?? null) : null),
    whyNot: ({ standing }, by) => whyNotDecideExtension(standing, by),
  },
} as const satisfies Record<string, Turn>;

export type TurnStep = keyof typeof TURNS;

export const TURN_STEPS = Object.keys(TURNS).filter((step): step is TurnStep => step in TURNS);

/** What a row of `office.waiting` says of one problem beside its id. */
export type Waiting = {
  /** A turn, or `work`: the problem's own leaders and the handlers of its unit are waited for. */
  readonly step: TurnStep | "work";
  /** It waits from this instant on, unless something happens before: a window that ends and a day that passes change no row. */
  readonly since: Date;
  readonly dueOn: Day | null;
  readonly amberOn: Day | null;
  readonly leaders: readonly string[];
  readonly unit: string | null;
  /** Who holds the duty and is refused all the same. */
  readonly closedTo: readonly string[];
  /** The units whose people, and those of the units below, are refused. */
  readonly closedUnits: readonly string[];
};

/** Everything that waits for somebody on one problem, now or when time has passed. */
export function waitingOn(of: Judged): readonly Waiting[] {
  const turns = TURN_STEPS.flatMap((step) => turnOn(of, step, TURNS[step]) ?? []);
  return [...turns, ...workOn(of)];
}

/** Somebody whom no problem knows. */
export const NOBODY = { id: "", unit: "", name: "" };

function turnOn(of: Judged, step: TurnStep, { duty, since, dueOn, whyNot }: Turn): Waiting | null {
  const from = since(of);
  if (from === null) return null;
  const holder: Officer = { ...NOBODY, duties: new Set([duty]) };
  const open = instantsOf(of, from).find((at) => whyNot(of, holder, at) === null);
  if (open === undefined) return null;
  return {
    step,
    since: open,
    ...placed(of),
    ...(dueOn === undefined ? {} : { dueOn: dueOn(of), amberOn: null }),
    ...closedTo(of, (by) => whyNot(of, { ...holder, ...by }, open) !== null),
  };
}

/** Everybody the facts name who is refused, and every unit that answered whose people are. */
export function closedTo(of: Judged, refuses: (by: Partial<Officer>) => boolean): Pick<Waiting, "closedTo" | "closedUnits"> {
  return {
    closedTo: peopleOf(of).filter((id) => refuses({ id })),
    closedUnits: of.standing.unitsAnswered.filter((unit) => refuses({ unit })).toSorted(),
  };
}

/** Work is waited for from those who answer for it: `whyNotWork` asked of each. */
function workOn(of: Judged): readonly Waiting[] {
  const { problem } = of.standing;
  const leaders = problem.leaders.filter((id) => mayWork(of, { ...NOBODY, id, duties: new Set(["leader"]) }));
  const unit = problem.unit !== null && mayWork(of, { ...NOBODY, unit: problem.unit, duties: new Set(["handler"]) }) ? problem.unit : null;
  if (leaders.length === 0 && unit === null) return [];
  const since = problem.assignedOn === null ? problem.openedAt : startOf(problem.assignedOn);
  return [{ step: "work", since, ...placed(of), leaders, unit, closedTo: [], closedUnits: [] }];
}

function mayWork({ standing }: Judged, by: Officer): boolean {
  return whyNotWork("declare-rectified", standing, by) === null;
}

function placed({ standing: { problem } }: Judged) {
  const { dueOn, amberOn, leaders, unit } = problem;
  return { dueOn, amberOn, leaders, unit };
}

/** The instants at which time alone may open an act, earliest first: a window is over, a notice has ended, a look-back is due. */
function instantsOf({ round }: Judged, from: Date): readonly Date[] {
  const windows = round.questions.map(({ openUntil }) => new Date(openUntil.getTime() + 1));
  const lastDay = round.notice?.lastDay ?? null;
  const days = [...round.lookBacks.map(({ dueOn }) => dueOn), ...(lastDay === null ? [] : [addDays(lastDay, 1)])];
  const later = [...windows, ...days.map(startOf)].filter((at) => at > from);
  return [from, ...later.sort((a, b) => a.getTime() - b.getTime())];
}

/** Everybody the facts name: whoever else is refused is so for the unit they work in or left (`closedUnits`). */
function peopleOf({ standing, round }: Judged): readonly string[] {
  const { problem, everLeaders, workers, extension, suspension, dismissal } = standing;
  const askers = [extension?.by, suspension?.by, dismissal?.by, round.check?.checkedBy];
  return [...new Set([...problem.leaders, ...everLeaders, ...workers, ...askers])].filter((id) => id !== undefined).sort();
}

function startOfFirst(days: readonly Day[]): Date | null {
  const first = firstOf(days);
  return first === null ? null : startOf(first);
}

function firstOf(days: readonly Day[]): Day | null {
  return [...days].sort()[0] ?? null;
}
