import { clockOf, dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { kindsHeld } from "#vault/queries";
import type { Attempt, CallManner, Question } from "./round.ts";

/** So many days on which nobody answered are enough, where both halves of the day are among them. */
export const ENOUGH_ATTEMPTS = 3;

/** Before noon or after: who works in the mornings is at home in the afternoon. */
type Half = "morning" | "afternoon";

export function halfOf(at: Date): Half {
  return clockOf(at) < "12:00" ? "morning" : "afternoon";
}

/** 没联系上: on three days, in both halves of the day, nobody answered. It is silence then, never satisfaction. */
export function isTriedEnough({ attempts }: Pick<Question, "attempts">): boolean {
  const halves = new Set(attempts.map(({ at }) => halfOf(at)));
  return attempts.length >= ENOUGH_ATTEMPTS && halves.size === 2;
}

/** Whether nobody answered once already on the day of `at`: two calls of one day are one. */
export function isTriedToday({ attempts }: Pick<Question, "attempts">, at: Date): boolean {
  return attempts.some((attempt) => dayOf(attempt.at) === dayOf(at));
}

/** How reporters who have not answered can be gone after, by report; and in vain when and by whom, by question. */
export type Gone = {
  readonly callable: ReadonlyMap<string, readonly CallManner[]>;
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
};

/** By telephone where one is held, at home where an address is: a receipt is waited for, and calls nobody. */
export async function findCallable(town: Town, reports: readonly string[]): Promise<Gone["callable"]> {
  const held = await kindsHeld(town, reports);
  return new Map(
    [...held].map(([report, kinds]) => {
      const by: CallManner[] = [];
      if (kinds.includes("phone")) by.push("phone");
      if (kinds.includes("address")) by.push("visit");
      return [report, by];
    }),
  );
}

export async function findAttempts(town: Town, questions: readonly string[]): Promise<Gone["attempts"]> {
  if (questions.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("verification.attempt")
    .select(["question", "id", "manner", "attempted_by as by", "attempted_at as at"])
    .where("town", "=", town.id)
    .where("question", "in", questions)
    .orderBy("id")
    .execute();
  const byQuestion = Map.groupBy(rows, ({ question }) => question);
  return new Map([...byQuestion].map(([question, group]) => [question, group.map(({ id, manner, by, at }) => ({ id, manner, by, at }))]));
}
