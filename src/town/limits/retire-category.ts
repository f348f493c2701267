import { z } from "zod";
import { drawnFrom, whyNotDrawnFrom } from "#people/drawn-from";
import { lockTown } from "#people/lock-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { findCategory } from "./queries.ts";

export const RetireCategory = z.object({ category: id, ...drawnFrom });
export type RetireCategory = z.infer<typeof RetireCategory>;

/** Nothing new is filed under it; what was keeps its name and its limits. */
export async function retireCategory(town: Town, by: Officer, at: Date, what: RetireCategory): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const category = await findCategory(town, what.category);
    if (category === null) throw new Refusal("category/unknown");
    refuse(whyNotDrawnFrom(category, what));
    const version = category.version + 1;
    await town.db
      .updateTable("limits.category")
      .set({ retired_at: at, version })
      .where("town", "=", town.id)
      .where("id", "=", what.category)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "category.retired",
      subject: { kind: "category", id: what.category },
      facts: { version },
    });
  });
}
