import { hasDuty, type Officer } from "#people/officer";
import { addDays, dayOf, startOf } from "#platform/instant";
import { isTriedEnough } from "#verification/attempts";
import { isWaiting, whyNotRecord } from "#verification/gate";
import type { Question } from "#verification/round";
import { closedTo, NOBODY, type Judged } from "./waiting.ts";

/** What a row of `office.call_back` says of one reporter beside the ids of question and problem. */
export type CallBack = {
  readonly question: string;
  /** From this instant on: the day after nobody answered. */
  readonly since: Date;
  /** The window ends then, and with it the row means nothing any more. */
  readonly until: Date;
  /** A telephone is held; otherwise they can only be visited. */
  readonly byPhone: boolean;
  readonly closedTo: readonly string[];
  readonly closedUnits: readonly string[];
};

/** Whose duty it is: whoever may open an identity. */
export function mayCallBack(by: Officer): boolean {
  return hasDuty(by, "clerk", "office");
}

/** Everybody who was asked, may still answer and can be called or visited; by the question that refuses the record of an answer. */
export function callBacksOn(of: Judged): readonly CallBack[] {
  const { standing, round } = of;
  const clerk: Officer = { ...NOBODY, duties: new Set(["clerk"]) };
  if (whyNotRecord(standing, clerk) !== null) return [];
  const closed = closedTo(of, (by) => whyNotRecord(standing, { ...clerk, ...by }) !== null);
  return round.questions.flatMap((question) => {
    const since = sinceWhen(question);
    if (question.callableBy.length === 0 || isTriedEnough(question) || !isWaiting(question, since)) return [];
    return [{ question: question.id, since, until: question.openUntil, byPhone: question.callableBy.includes("phone"), ...closed }];
  });
}

function sinceWhen({ askedAt, attempts }: Question): Date {
  const last = attempts.at(-1);
  return last === undefined ? askedAt : startOf(addDays(dayOf(last.at), 1));
}
