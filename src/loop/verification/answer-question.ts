import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { choice, id, optionalParagraph } from "#platform/text";
import { hmac } from "#platform/hmac";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { whyNotAnswer } from "./gate.ts";
import { keepAnswer } from "./keep-answer.ts";
import { lockQuestion } from "./lock-question.ts";

export const ANSWER_FIELDS = {
  question: id,
  solved: choice(["yes", "no"]),
  /** Empty when the reporter would rather not say. */
  satisfied: choice(["yes", "no", ""]).default(""),
  /** The reporter's own words. */
  why: optionalParagraph(1000),
};

export const AnswerQuestion = z.object(ANSWER_FIELDS);
export type AnswerQuestion = z.output<typeof AnswerQuestion>;

/** Where an answer came from, as its door knows it; kept as keyed hashes alone. */
export type Origin = { readonly device: string; readonly address: string };

/**
 * 回访: the reporter says whether it is solved. Who may see the question is the door's to know: the receipt code is the key. What an
 * officer recorded for them before gives way to their own word. Refusals: question/none, question/closed, question/already-answered.
 */
export async function answerQuestion(town: Town, by: Actor, at: Date, what: AnswerQuestion & { readonly from?: Origin }): Promise<void> {
  await transact(town, async (town) => {
    const { standing, question } = await lockQuestion(town, what.question);
    if (question === null) throw new Refusal("question/closed"); // of an earlier round
    refuse(whyNotAnswer(standing, question, at));
    const said = { ...saidIn(what), origin: hashed(town, what.from), recorded: null };
    await keepAnswer(town, by, at, { problem: standing.problem, question }, said);
  });
}

/** The words of the form as what was said. */
export function saidIn({ solved, satisfied, why }: Omit<AnswerQuestion, "question">) {
  return { solved: solved === "yes", satisfied: satisfied === "" ? null : satisfied === "yes", why };
}

/** Of one device or address every answer has the same hash in this town, and nobody without the key file can tell whose. */
function hashed(town: Town, from: Origin | undefined) {
  const mark = (kind: string, text: string | undefined) =>
    text === undefined || text === "" ? null : hmac(town.keys.for("device"), JSON.stringify(["answer", town.id, kind, text]));
  return { device: mark("device", from?.device), address: mark("address", from?.address) };
}
