import { z } from "zod";
import { drawnFrom, whyNotDrawnFrom } from "#people/drawn-from";
import { lockTown } from "#people/lock-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { CATEGORY_FIELDS } from "./category.ts";
import { appendEvent } from "./events.ts";
import { findCategory } from "./queries.ts";

export const ChangeCategory = z.object({ category: id, ...drawnFrom, ...CATEGORY_FIELDS });
export type ChangeCategory = z.infer<typeof ChangeCategory>;

/** New names or limits. Days that were set before stay as they were set. */
export async function changeCategory(town: Town, by: Officer, at: Date, what: ChangeCategory): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const category = await findCategory(town, what.category);
    if (category === null) throw new Refusal("category/unknown");
    refuse(whyNotDrawnFrom(category, what));
    const version = category.version + 1;
    await town.db
      .updateTable("limits.category")
      .set({
        name_zh: what.nameZh,
        name_en: what.nameEn,
        limit_unit: what.limitUnit,
        first_reply_limit: what.firstReplyLimit,
        finish_limit: what.finishLimit,
        extension_limit: what.extensionLimit,
        retention_days: what.retentionDays,
        version,
      })
      .where("town", "=", town.id)
      .where("id", "=", what.category)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "category.changed",
      subject: { kind: "category", id: what.category },
      facts: {
        limitUnit: what.limitUnit,
        firstReply: what.firstReplyLimit,
        finish: what.finishLimit,
        extension: what.extensionLimit,
        retentionDays: what.retentionDays,
        version,
      },
      words: { name: what.nameZh, nameEn: what.nameEn },
    });
  });
}
