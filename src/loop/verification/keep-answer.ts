import type { Actor } from "#audit/append-event";
import type { Town } from "#platform/town";
import { unitNameNow } from "#ledger/answerable";
import { changeProblem } from "#ledger/move-problem";
import type { Problem } from "#ledger/problem";
import { countedWith } from "./counted-answers.ts";
import { appendEvent } from "./events.ts";
import { lastAnswerOf } from "./last-answer.ts";
import type { Question, Recorded } from "./round.ts";

/** What a reporter said, in which words, and where from or by whom it came here. */
export type Said = {
  readonly solved: boolean;
  /** Null when they would rather not say. */
  readonly satisfied: boolean | null;
  readonly why: string;
  /** Keyed hashes of where an answer by receipt code came from. */
  readonly origin: { readonly device: Buffer | null; readonly address: Buffer | null };
  readonly recorded: (Recorded & { readonly unit: string }) | null;
};

/**
 * Keeps the answer that counts from now on and tells it, in the caller's transaction, which holds the problem. One that was recorded
 * before gives way: its row changes, its event stays, and the problem counts the last answer of each reporter.
 */
export async function keepAnswer(town: Town, by: Actor, at: Date, to: { problem: Problem; question: Question }, said: Said): Promise<void> {
  const { problem, question } = to;
  const { solved, satisfied, why, origin, recorded } = said;
  const manner = recorded?.manner ?? null;
  const answer = { solved, satisfied, why, answered_at: at, ...origin, manner, recorded_by: recorded?.by ?? null };
  const replaces = await lastAnswerOf(town, problem.id, question.report);
  await town.db
    .insertInto("verification.answer")
    .values({ town: town.id, question: question.id, problem: problem.id, ...answer })
    .onConflict((conflict) => conflict.columns(["town", "question"]).doUpdateSet(answer))
    .execute();
  const { answeredCount, solvedCount, satisfiedCount } = problem;
  const counts = { answered: answeredCount, solved: solvedCount, satisfied: satisfiedCount };
  const unit = recorded?.unit ?? null;
  const version = await changeProblem(town, problem, countedWith(counts, said, replaces));
  await appendEvent(town, by, at, {
    verb: "answer.given",
    subject: { kind: "problem", id: problem.id },
    facts: { version, question: question.id, solved, satisfied, manner, unit, replaces },
    words: unit === null ? { why } : { why, unitName: await unitNameNow(town, unit) },
  });
}
