import type { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { AddUnit } from "./add-unit.ts";
import { drawnFrom, whyNotDrawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listUnits } from "./queries.ts";
import { whyNotUnder } from "./unit.ts";

export const ChangeUnit = AddUnit.extend({ unit: id, ...drawnFrom });
export type ChangeUnit = z.infer<typeof ChangeUnit>;

/** A new name, kind or place in the tree. */
export async function changeUnit(town: Town, by: Officer, at: Date, what: ChangeUnit): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    await lockTown(town);
    const units = await listUnits(town);
    const unit = units.find(({ id, retired }) => id === what.unit && !retired);
    if (unit === undefined) throw new Refusal("unit/unknown");
    refuse(whyNotDrawnFrom(unit, what) ?? whyNotUnder(units, what.unit, what.parent));
    const version = unit.version + 1;
    await town.db
      .updateTable("people.unit")
      .set({ name_zh: what.nameZh, name_en: what.nameEn, kind: what.kind, parent: what.parent, version })
      .where("town", "=", town.id)
      .where("id", "=", what.unit)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "unit.changed",
      subject: { kind: "unit", id: what.unit },
      facts: { kind: what.kind, parent: what.parent, version },
      words: { name: what.nameZh, nameEn: what.nameEn },
    });
  });
}
