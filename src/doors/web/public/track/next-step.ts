import type { Problem, Status } from "#ledger/problem";
import { dayOf, type Day } from "#platform/instant";
import { standsAsNo } from "#verification/gate";
import { lastDayOf } from "#doors/web/public/way";
import type { Words } from "#words/words";
import { openQuestion, type ReportStory } from "./report-story.ts";

export type NextStep = { readonly says: keyof Words["report"]["story"]["next"]; readonly on: Day | null };

/** What comes next for whoever reported it, and the day it must have come by. */
export function nextStep(story: ReportStory, at: Date): NextStep {
  const { report, problem } = story;
  const asked = openQuestion(story, at);
  if (asked?.answer === null) return { says: "answer", on: lastDayOf(asked.openUntil) };
  if (report.status === "withdrawn") return { says: "nothing", on: null };
  if (problem?.status === "verified" && story.questions.some(standsAsNo)) return { says: "noStands", on: null };
  if (problem !== null) return nextOfProblem(problem, dayOf(at));
  if (report.status !== "received") return { says: "nothing", on: null };
  if (report.firstReplyDueAt === null) return { says: "firstReplySoon", on: null };
  return { says: at < report.firstReplyDueAt ? "firstReply" : "firstReplyLate", on: report.firstReplyDueOn };
}

export function nextOfProblem(problem: Problem, today: Day): NextStep {
  const steps: Record<Status, NextStep> = {
    opened: { says: "assign", on: null },
    assigned: { says: problem.dueOn !== null && problem.dueOn < today ? "overdue" : "due", on: problem.dueOn },
    suspended: { says: "suspended", on: problem.resumeOn },
    rectified: { says: "check", on: null },
    verified: { says: "close", on: null },
    closed: { says: "closed", on: null },
    dismissed: { says: "dismissed", on: null },
  };
  return steps[problem.status];
}
