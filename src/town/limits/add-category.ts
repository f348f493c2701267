import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { codeName } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { CATEGORY_FIELDS } from "./category.ts";
import { appendEvent } from "./events.ts";

export const AddCategory = z.object({
  ...CATEGORY_FIELDS,
  /** Stands in addresses and in the interface for programs; never changes. */
  code: codeName(/^[a-z][a-z0-9-]{1,30}$/, "login/impossible"),
});
export type AddCategory = z.infer<typeof AddCategory>;

/** Adds a category behind the others. `by` null: at set-up. */
export async function addCategory(town: Town, by: Officer | null, at: Date, what: AddCategory): Promise<string> {
  return transact(town, async (town) => {
    if (by !== null) refuse(whyNotDuty(by, "system_admin"));
    const id = newId(at);
    const added = await town.db
      .insertInto("limits.category")
      .values((eb) => ({
        town: town.id,
        id,
        code: what.code,
        name_zh: what.nameZh,
        name_en: what.nameEn,
        limit_unit: what.limitUnit,
        first_reply_limit: what.firstReplyLimit,
        finish_limit: what.finishLimit,
        extension_limit: what.extensionLimit,
        retention_days: what.retentionDays,
        position: eb
          .selectFrom("limits.category")
          .select((eb) => eb(eb.fn.coalesce(eb.fn.max("position"), eb.val(0)), "+", 1).as("position"))
          .where("town", "=", town.id),
        added_at: at,
      }))
      .onConflict((conflict) => conflict.columns(["town", "code"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added === undefined) throw new Refusal("category/code-taken");
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "category.added",
      subject: { kind: "category", id },
      facts: {
        code: what.code,
        limitUnit: what.limitUnit,
        firstReply: what.firstReplyLimit,
        finish: what.finishLimit,
        extension: what.extensionLimit,
        retentionDays: what.retentionDays,
      },
      words: { name: what.nameZh, nameEn: what.nameEn },
    });
    return id;
  });
}
