import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { CATEGORY_FIELDS } from "./category.ts";

export const ChangeCategory = z.object({ category: id, ...CATEGORY_FIELDS });
export type ChangeCategory = z.infer<typeof ChangeCategory>;

/** New names or limits. Days that were set before stay as they were set. */
export async function changeCategory(town: Town, by: Officer, at: Date, what: ChangeCategory): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    const changed = await town.db
      .updateTable("rules.category")
      .set({
        name_zh: what.nameZh,
        name_en: what.nameEn,
        limit_unit: what.limitUnit,
        first_reply_limit: what.firstReplyLimit,
        finish_limit: what.finishLimit,
        extension_limit: what.extensionLimit,
        retention_days: what.retentionDays,
      })
      .where("town", "=", town.id)
      .where("id", "=", what.category)
      .where("retired_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (changed === undefined) throw new Refusal("category/unknown");
    await appendEvent(town, asActor(by), at, {
      verb: "category.changed",
      subject: { kind: "category", id: what.category },
      facts: {
        limitUnit: what.limitUnit,
        firstReply: what.firstReplyLimit,
        finish: what.finishLimit,
        extension: what.extensionLimit,
        retentionDays: what.retentionDays,
      },
      words: { name: what.nameZh },
    });
  });
}
