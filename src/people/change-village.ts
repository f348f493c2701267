import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { AddVillage } from "./add-village.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const ChangeVillage = AddVillage.and(z.object({ village: id }));
export type ChangeVillage = z.infer<typeof ChangeVillage>;

export async function changeVillage(town: Town, by: Officer, at: Date, what: ChangeVillage): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    const changed = await town.db
      .updateTable("people.village")
      .set({ code: what.code, name_zh: what.nameZh, name_en: what.nameEn, lon: what.lon, lat: what.lat })
      .where("town", "=", town.id)
      .where("id", "=", what.village)
      .where("retired_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (changed === undefined) throw new Refusal("village/unknown");
    await appendEvent(town, asActor(by), at, {
      verb: "village.changed",
      subject: { kind: "village", id: what.village },
      facts: { code: what.code },
      words: { name: what.nameZh },
    });
  });
}
