import type { Said } from "#ledger/counted-answers";
import type { Town } from "#platform/town";

/** What this reporter said last of the problem, in whichever round: of several answers it alone is counted. Null: they never answered. */
export async function lastAnswerOf(town: Town, problem: string, report: string): Promise<Said | null> {
  const row = await town.db
    .selectFrom("verification.answer as a")
    .innerJoin("verification.question as q", (join) => join.onRef("q.town", "=", "a.town").onRef("q.id", "=", "a.question"))
    .select(["a.solved", "a.satisfied"])
    .where("a.town", "=", town.id)
    .where("q.town", "=", town.id)
    .where("q.report", "=", report)
    .where("q.problem", "=", problem)
    .orderBy("a.answered_at", "desc")
    .orderBy("a.question", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
