import { z } from "zod";
import { drawnFrom, whyNotDrawnFrom } from "#people/drawn-from";
import { lockTown } from "#people/lock-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { findStandardAnswer, whyNotCategoryOfAnswer } from "./queries.ts";
import { STANDARD_ANSWER_FIELDS } from "./standard-answer.ts";

export const ChangeStandardAnswer = z.object({ answer: id, ...drawnFrom, ...STANDARD_ANSWER_FIELDS });
export type ChangeStandardAnswer = z.infer<typeof ChangeStandardAnswer>;

/**
 * What was answered with it before stays as it was sent. Refusals: officer/not-allowed, standard-answer/unknown, setting/changed,
 * category/unknown, category/sealed.
 */
export async function changeStandardAnswer(town: Town, by: Officer, at: Date, what: ChangeStandardAnswer): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const answer = await findStandardAnswer(town, what.answer);
    if (answer === null) throw new Refusal("standard-answer/unknown");
    refuse(whyNotDrawnFrom(answer, what));
    const { nameZh, nameEn, category, text } = what;
    refuse(await whyNotCategoryOfAnswer(town, category));
    const version = answer.version + 1;
    await town.db
      .updateTable("limits.standard_answer")
      .set({ category, name_zh: nameZh, name_en: nameEn, text, version })
      .where("town", "=", town.id)
      .where("id", "=", what.answer)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "standard-answer.changed",
      subject: { kind: "standard-answer", id: what.answer },
      facts: { category, version },
      words: { name: nameZh, nameEn, text },
    });
  });
}
