import { z } from "zod";
import { lockTown } from "#people/lock-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { whyNotCategoryOfAnswer } from "./queries.ts";
import { STANDARD_ANSWER_FIELDS } from "./standard-answer.ts";

export const AddStandardAnswer = z.object(STANDARD_ANSWER_FIELDS);
export type AddStandardAnswer = z.infer<typeof AddStandardAnswer>;

/** Refusals: officer/not-allowed, category/unknown, category/sealed. */
export async function addStandardAnswer(town: Town, by: Officer, at: Date, what: AddStandardAnswer): Promise<string> {
  return transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const { nameZh, nameEn, category, text } = what;
    refuse(await whyNotCategoryOfAnswer(town, category));
    const id = newId(at);
    await town.db
      .insertInto("limits.standard_answer")
      .values({ town: town.id, id, category, name_zh: nameZh, name_en: nameEn, text, added_at: at })
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "standard-answer.added",
      subject: { kind: "standard-answer", id },
      facts: { category },
      words: { name: nameZh, nameEn, text },
    });
    return id;
  });
}
