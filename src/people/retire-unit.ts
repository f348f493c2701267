import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listUnits } from "./queries.ts";

export const RetireUnit = z.object({ unit: id });
export type RetireUnit = z.infer<typeof RetireUnit>;

/** Takes a unit out of the lists. Refused while somebody works in it or another unit stands under it. */
export async function retireUnit(town: Town, by: Officer, at: Date, what: RetireUnit): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    await lockTown(town);
    const units = await listUnits(town);
    if (units.find((unit) => unit.id === what.unit)?.retired !== false) throw new Refusal("unit/unknown");
    const worker = await town.db
      .selectFrom("people.officer")
      .select("id")
      .where("town", "=", town.id)
      .where("unit", "=", what.unit)
      .where("disabled_at", "is", null)
      .executeTakeFirst();
    if (worker !== undefined || units.some((unit) => unit.parent === what.unit && !unit.retired)) throw new Refusal("unit/in-use");
    await town.db.updateTable("people.unit").set({ retired_at: at }).where("town", "=", town.id).where("id", "=", what.unit).execute();
    await appendEvent(town, asActor(by), at, { verb: "unit.retired", subject: { kind: "unit", id: what.unit } });
  });
}
