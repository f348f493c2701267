import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { choice } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { ANSWER_FIELDS, saidIn } from "./answer-question.ts";
import { whyNotRecord, whyNotRecordTo } from "./gate.ts";
import { keepAnswer } from "./keep-answer.ts";
import { lockQuestion } from "./lock-question.ts";
import { MANNERS } from "./round.ts";

export const RecordAnswer = z.object({ ...ANSWER_FIELDS, manner: choice(MANNERS) });
export type RecordAnswer = z.output<typeof RecordAnswer>;

/**
 * 回访: what a reporter said when called or visited, written down by somebody uninvolved. It is an answer like their own, in the same
 * round and the same window; never beside one that is there, and their own may still come after it. It names no version: whatever else
 * happens to the problem sends no half-written form back. Refusals: question/none, those of an act, officer/answerable,
 * officer/involved, answer/given, answer/too-late.
 */
export async function recordAnswer(town: Town, by: Officer, at: Date, what: RecordAnswer): Promise<void> {
  await transact(town, async (town) => {
    const { standing, question } = await lockQuestion(town, what.question);
    refuse(whyNotRecord(standing, by));
    if (question === null) throw new Refusal("answer/too-late"); // of an earlier round
    refuse(whyNotRecordTo(question, at));
    const said = { ...saidIn(what), origin: { device: null, address: null }, recorded: { manner: what.manner, by: by.id, unit: by.unit } };
    await keepAnswer(town, asActor(by), at, { problem: standing.problem, question }, said);
  });
}
