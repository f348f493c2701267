import { addDays, HOUR_MS, startOf } from "#platform/instant";
import type { Town } from "#platform/town";
import type { Finding } from "#verification/flag";
import type { Matter } from "./matter.ts";

/** From the last working hour of a day that ends at half past five, to midnight: of honest work one case of 300 falls into it. */
const FROM_MS = 16.5 * HOUR_MS;

/**
 * Closed in the last working hour of its due day or later, though no reporter said that it is solved; or declared rectified
 * then, without a note of progress from any day before: work that is written down when it is due, and that nobody else saw.
 */
export async function lastMoment(town: Town, { act, subject, problem, at, dueOn }: Matter): Promise<readonly Finding[]> {
  if (act === "checked" || dueOn === null || !isLastMoment(at, dueOn)) return [];
  const seen = act === "declared" ? await hasProgressBefore(town, problem, startOf(dueOn)) : await isConfirmed(town, problem, at);
  if (seen) return [];
  const about = { act, at: at.toISOString(), dueOn };
  return [{ kind: "last-moment", problem, mark: `${act}/${subject}`, about }];
}

function isLastMoment(at: Date, dueOn: string): boolean {
  return at.getTime() >= startOf(dueOn).getTime() + FROM_MS && at < startOf(addDays(dueOn, 1));
}

async function hasProgressBefore(town: Town, problem: string, day: Date): Promise<boolean> {
  const row = await town.db
    .selectFrom("ledger.progress")
    .select("id")
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .where("recorded_at", "<", day)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function isConfirmed(town: Town, problem: string, at: Date): Promise<boolean> {
  const row = await town.db
    .selectFrom("verification.answer as a")
    .innerJoin("verification.question as q", (join) => join.onRef("q.town", "=", "a.town").onRef("q.id", "=", "a.question"))
    .innerJoin("ledger.joined_report as j", (join) =>
      join.onRef("j.town", "=", "q.town").onRef("j.problem", "=", "q.problem").onRef("j.report", "=", "q.report"),
    )
    .select("a.question")
    .where("a.town", "=", town.id)
    .where("q.town", "=", town.id)
    .where("j.town", "=", town.id)
    .where("a.problem", "=", problem)
    .where("a.solved", "=", true)
    .where("a.answered_at", "<=", at)
    .where("j.separated_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
