import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom, whyNotDrawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listUnits } from "./queries.ts";

export const RetireUnit = z.object({ unit: id, ...drawnFrom });
export type RetireUnit = z.infer<typeof RetireUnit>;

/** Takes a unit out of the lists. Refused while somebody works in it or another unit stands under it. */
export async function retireUnit(town: Town, by: Officer, at: Date, what: RetireUnit): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    await lockTown(town);
    const units = await listUnits(town);
    const unit = units.find(({ id, retired }) => id === what.unit && !retired);
    if (unit === undefined) throw new Refusal("unit/unknown");
    refuse(whyNotDrawnFrom(unit, what));
    const worker = await town.db
      .selectFrom("people.officer")
      .select("id")
      .where("town", "=", town.id)
      .where("unit", "=", what.unit)
      .where("disabled_at", "is", null)
      .executeTakeFirst();
    if (worker !== undefined || units.some((unit) => unit.parent === what.unit && !unit.retired)) throw new Refusal("unit/in-use");
    const version = unit.version + 1;
    await town.db
      .updateTable("people.unit")
      .set({ retired_at: at, version })
      .where("town", "=", town.id)
      .where("id", "=", what.unit)
      .execute();
    await appendEvent(town, asActor(by), at, { verb: "unit.retired", subject: { kind: "unit", id: what.unit }, facts: { version } });
  });
}
