import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { lockProblem, type Standing } from "#ledger/standing";
import { findRound } from "./find-round.ts";
import type { Question, Round } from "./round.ts";

/** A question with its problem locked until commit; null for the question when it was asked in an earlier round. */
export type Asked = { readonly standing: Standing; readonly round: Round; readonly question: Question | null };

/** Of a reporter who answers and an officer who writes down their answer the second waits here for the first. Refusal: question/none. */
export async function lockQuestion(town: Town, id: string): Promise<Asked> {
  const found = await town.db
    .selectFrom("verification.question")
    .select("problem")
    .where("town", "=", town.id)
    .where("id", "=", id)
    .executeTakeFirst();
  if (found === undefined) throw new Refusal("question/none");
  const standing = await lockProblem(town, found.problem, null);
  const round = await findRound(town, found.problem);
  return { standing, round, question: round.questions.find((asked) => asked.id === id) ?? null };
}
