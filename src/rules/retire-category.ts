import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";

export const RetireCategory = z.object({ category: id });
export type RetireCategory = z.infer<typeof RetireCategory>;

/** Nothing new is filed under it; what was keeps its name and its limits. */
export async function retireCategory(town: Town, by: Officer, at: Date, what: RetireCategory): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    const retired = await town.db
      .updateTable("rules.category")
      .set({ retired_at: at })
      .where("town", "=", town.id)
      .where("id", "=", what.category)
      .where("retired_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (retired === undefined) throw new Refusal("category/unknown");
    await appendEvent(town, asActor(by), at, { verb: "category.retired", subject: { kind: "category", id: what.category } });
  });
}
