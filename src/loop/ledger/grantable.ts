import type { Day } from "#platform/instant";
import type { RefusalCode } from "#refusals";
import { whyNotMove } from "./move-problem.ts";
import type { Standing } from "./standing.ts";
import { whyNotFrom } from "./who-may.ts";

// What was asked for waits for whoever decides, and meanwhile the work moves on: it can then only be refused.

/** Only work under way is extended, to a day that is still ahead and still later than the one it replaces. */
export function whyNotGrant({ problem, extension }: Standing, today: Day): RefusalCode | null {
  if (extension === null) return "extension/none-waiting";
  const no = whyNotFrom({ duties: [], from: ["assigned"] }, problem.status);
  if (no !== null) return no;
  if (problem.dueOn === null) return "due/waits-for-calendar";
  if (extension.newDueOn <= problem.dueOn) return "due/not-later";
  return extension.newDueOn <= today ? "due/past" : null;
}

export function whyNotApprove({ problem, suspension }: Standing, today: Day): RefusalCode | null {
  if (suspension === null) return "suspension/none-waiting";
  return whyNotMove(problem.status, "suspended") ?? (suspension.resumeOn <= today ? "suspension/day-past" : null);
}

export function whyNotConfirm({ problem, dismissal }: Standing): RefusalCode | null {
  return dismissal === null ? "dismissal/none-waiting" : whyNotMove(problem.status, "dismissed");
}
