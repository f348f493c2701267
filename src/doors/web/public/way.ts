import type { Report } from "#intake/queries";
import type { Problem, Status } from "#ledger/problem";
import { dayOf, type Day } from "#platform/instant";
import { isOpen, isOwnAnswer, isWaiting, standsAsNo } from "#verification/gate";
import type { Question, Round } from "#verification/round";
import type { Words } from "#words/words";

export type Stop = keyof Words["way"]["stops"];
export type Waits = keyof Words["way"]["waits"];

/** Where something told to the town stands: the stops, the one it is at, what is waited for there, and the days of those passed. */
export type Way = {
  readonly stops: readonly Stop[];
  readonly present: Stop;
  readonly waits: Waits;
  /** Of what is waited for. */
  readonly on: Day | null;
  readonly days: { readonly [stop in Stop]?: Day | null };
};

type Present = Pick<Way, "present" | "waits" | "on">;

/** The way of one report, as its reporter follows it; `own` is what this reporter was asked. */
export function wayOfReport(report: Report, problem: Problem | null, round: Round | null, own: readonly Question[], at: Date): Way {
  const received = dayOf(report.receivedAt);
  if (report.status === "withdrawn") return ended("withdrawn", received);
  if (problem !== null) return { ...wayOf(problem, round, own, at), days: { ...daysOf(problem, round), received } };
  if (report.status !== "received" && report.status !== "accepted") return ended(report.status, received);
  return { stops: stopsOf("asked"), present: "received", ...replyOf(report, at), days: { received } };
}

/** The way of a problem, as anybody follows it. */
export function wayOfProblem(problem: Problem, round: Round | null, at: Date): Way {
  return { ...wayOf(problem, round, null, at), days: { ...daysOf(problem, round), received: problem.openedOn } };
}

function ended(present: Stop, received: Day): Way {
  return { stops: ["received", present], present, waits: "nothing", on: null, days: { received } };
}

function replyOf({ firstReplyDueAt, firstReplyDueOn }: Report, at: Date): Pick<Way, "waits" | "on"> {
  if (firstReplyDueAt === null) return { waits: "replySoon", on: null };
  return { waits: at < firstReplyDueAt ? "reply" : "replyLate", on: firstReplyDueOn };
}

function stopsOf(said: Stop): readonly Stop[] {
  return ["received", "inHand", "declared", said, "noticed", "closed"];
}

function daysOf(problem: Problem, round: Round | null): Way["days"] {
  const notice = round?.notice ?? null;
  const noticed = notice === null ? null : dayOf(notice.postedAt);
  return { inHand: problem.assignedOn, declared: problem.rectifiedOn, noticed, closed: problem.closedOn };
}

function wayOf(problem: Problem, round: Round | null, own: readonly Question[] | null, at: Date): Omit<Way, "days"> {
  const said = own !== null ? "asked" : problem.reportCount > 0 ? "reporters" : "checked";
  const stops: readonly Stop[] = problem.status === "dismissed" ? ["received", "dismissed"] : stopsOf(said);
  return { stops, ...presentOf(problem, round, { said, own: own ?? [] }, at) };
}

/** Who speaks before the notice: the reporter, all reporters, or, where nobody reported it, whoever checked it. */
type Saying = { readonly said: "asked" | "reporters" | "checked"; readonly own: readonly Question[] };

function presentOf(problem: Problem, round: Round | null, saying: Saying, at: Date): Present {
  const steps: Record<Status, Present> = {
    opened: { present: "received", waits: "assign", on: null },
    assigned: { present: "inHand", ...workOf(problem.dueOn, dayOf(at)) },
    suspended: { present: "inHand", waits: "suspended", on: problem.resumeOn },
    rectified: { present: "declared", waits: (round?.flags.length ?? 0) > 0 ? "flag" : "check", on: null },
    verified: round === null ? { present: saying.said, waits: "notice", on: null } : verifiedOf(round, saying, at),
    closed: { present: "closed", waits: "nothing", on: null },
    dismissed: { present: "dismissed", waits: "nothing", on: null },
  };
  return steps[problem.status];
}

function workOf(dueOn: Day | null, today: Day): Pick<Way, "waits" | "on"> {
  if (dueOn === null) return { waits: "calendar", on: null };
  return { waits: dueOn < today ? "overdue" : "due", on: dueOn };
}

/** In the order of the closing gate: who was asked comes before the notice, and whatever stands in the way stands where it is met. */
function verifiedOf(round: Round, { said, own }: Saying, at: Date): Present {
  const mine = own.find((question) => !isOwnAnswer(question) && isWaiting(question, at));
  if (mine !== undefined) return { present: said, waits: "answer", on: lastDayOf(mine.openUntil) };
  if (round.questions.some(standsAsNo)) return { present: said, waits: "noStands", on: null };
  const until = lastAnswerBy(round, at);
  if (until !== null) return { present: said, waits: said === "asked" ? "others" : "answers", on: until };
  if (round.unasked.length > 0) return { present: said, waits: "unasked", on: null };
  if (round.notice === null) return { present: said, waits: "notice", on: null };
  return { present: "noticed", ...noticeOf(round, round.notice.lastDay, dayOf(at)) };
}

function noticeOf(round: Round, lastDay: Day | null, today: Day): Pick<Way, "waits" | "on"> {
  if (lastDay === null) return { waits: "noticeUndated", on: null };
  if (today <= lastDay) return { waits: "noticeUntil", on: lastDay };
  if (round.objections.some(isOpen)) return { waits: "objection", on: null };
  return { waits: round.flags.length > 0 ? "flag" : "closing", on: null };
}

function lastAnswerBy(round: Round, at: Date): Day | null {
  const ends = round.questions.filter((question) => isWaiting(question, at)).map(({ openUntil }) => openUntil.getTime());
  return ends.length === 0 ? null : lastDayOf(new Date(Math.max(...ends)));
}

/** The last day on which an answer still counts. */
export function lastDayOf(until: Date): Day {
  return dayOf(new Date(until.getTime() - 1));
}
