import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { drawnFrom, whyNotDrawnFrom } from "#people/drawn-from";
import { lockTown } from "#people/lock-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { findOfficer } from "#people/queries";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { findCategory } from "./queries.ts";
import { whyNotReceiver } from "./receivers.ts";

export const NameReceivers = z.object({ category: id, ...drawnFrom, sealed: z.boolean(), receivers: z.array(id).max(20) });
export type NameReceivers = z.infer<typeof NameReceivers>;

/**
 * Seals a category, or opens it again, and names who receives its reports; nobody named: the secretary does. What came before stays where
 * it lies. `by` null: at set-up. Refusals: officer/not-allowed, category/unknown, setting/changed, officer/unknown, receiver/administrator.
 */
export async function nameReceivers(town: Town, by: Officer | null, at: Date, what: NameReceivers): Promise<void> {
  await transact(town, async (town) => {
    if (by !== null) refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const category = await findCategory(town, what.category);
    if (category === null) throw new Refusal("category/unknown");
    refuse(whyNotDrawnFrom(category, what));
    const receivers = what.sealed ? [...new Set(what.receivers)].sort() : [];
    for (const receiver of receivers) refuse(whyNotReceiver(await findOfficer(town, receiver)));
    const version = category.version + 1;
    await town.db
      .updateTable("limits.category")
      .set({ sealed: what.sealed, version })
      .where("town", "=", town.id)
      .where("id", "=", what.category)
      .execute();
    await town.db.deleteFrom("limits.receiver").where("town", "=", town.id).where("category", "=", what.category).execute();
    if (receivers.length > 0)
      await town.db
        .insertInto("limits.receiver")
        .values(receivers.map((officer) => ({ town: town.id, category: what.category, officer })))
        .execute();
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "category.receivers-named",
      subject: { kind: "category", id: what.category },
      facts: { sealed: what.sealed, receivers, version },
    });
  });
}
