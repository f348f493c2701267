import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { choice, id, optionalParagraph } from "#platform/text";
import { hmac } from "#platform/hmac";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { changeProblem } from "#ledger/move-problem";
import { lockProblem } from "#ledger/standing";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { whyNotAnswer } from "./gate.ts";
import type { Question } from "./round.ts";

export const AnswerQuestion = z.object({
  question: id,
  solved: choice(["yes", "no"]),
  /** Empty when the reporter would rather not say. */
  satisfied: choice(["yes", "no", ""]).default(""),
  why: optionalParagraph(1000),
});
export type AnswerQuestion = z.output<typeof AnswerQuestion>;

/** Where an answer came from, as its door knows it; kept as keyed hashes alone. */
export type Origin = { readonly device: string; readonly address: string };

/** 回访: the reporter says whether it is solved. Who may see the question is the door's to know: the receipt code is the key. */
export async function answerQuestion(town: Town, by: Actor, at: Date, what: AnswerQuestion & { readonly from?: Origin }): Promise<void> {
  await transact(town, async (town) => {
    const asked = town.db.selectFrom("verification.question").select("problem").where("town", "=", town.id).where("id", "=", what.question);
    const found = await asked.executeTakeFirst();
    if (found === undefined) throw new Refusal("question/none");
    const standing = await lockProblem(town, found.problem, null);
    const question = (await findRound(town, found.problem)).questions.find(({ id }) => id === what.question);
    if (question === undefined) throw new Refusal("question/closed"); // of an earlier round
    refuse(whyNotAnswer(standing, question, at));
    const { problem } = standing;
    const solved = what.solved === "yes";
    const satisfied = what.satisfied === "" ? null : what.satisfied === "yes";
    await town.db
      .insertInto("verification.answer")
      .values({
        town: town.id,
        question: question.id,
        problem: problem.id,
        solved,
        satisfied,
        why: what.why,
        answered_at: at,
        ...hashed(town, what.from),
      })
      .execute();
    const replaces = await answerBefore(town, question);
    const version = await changeProblem(town, problem, {
      answered_count: problem.answeredCount + (replaces === null ? 1 : 0),
      solved_count: problem.solvedCount + one(solved) - one(replaces?.solved),
      satisfied_count: problem.satisfiedCount + one(satisfied) - one(replaces?.satisfied),
    });
    await appendEvent(town, by, at, {
      verb: "answer.given",
      subject: { kind: "problem", id: problem.id },
      facts: { version, question: question.id, solved, satisfied, replaces },
      words: { why: what.why },
    });
  });
}

type Answer = { solved: boolean; satisfied: boolean | null };

/** What the same reporter answered in the round before, if anything: only the last answer of each is counted. */
async function answerBefore(town: Town, { id, report }: Question): Promise<Answer | null> {
  const row = await town.db
    .selectFrom("verification.answer as a")
    .innerJoin("verification.question as q", (join) => join.onRef("q.town", "=", "a.town").onRef("q.id", "=", "a.question"))
    .select(["a.solved", "a.satisfied"])
    .where("a.town", "=", town.id)
    .where("q.town", "=", town.id)
    .where("q.report", "=", report)
    .where("q.id", "<>", id)
    .orderBy("a.answered_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

function one(said: boolean | null | undefined): number {
  return said === true ? 1 : 0;
}

/** Of one device or address every answer has the same hash in this town, and nobody without the key file can tell whose. */
function hashed(town: Town, from: Origin | undefined) {
  const mark = (kind: string, text: string) =>
    text === "" ? null : hmac(town.keys.for("device"), JSON.stringify(["answer", town.id, kind, text]));
  return from === undefined ? {} : { device: mark("device", from.device), address: mark("address", from.address) };
}
