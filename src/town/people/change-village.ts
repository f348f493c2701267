import { z } from "zod";
import { writtenDegrees } from "#platform/numbers";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { AddVillage } from "./add-village.ts";
import { drawnFrom, whyNotDrawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listVillages } from "./queries.ts";

export const ChangeVillage = AddVillage.and(z.object({ village: id, ...drawnFrom }));
export type ChangeVillage = z.infer<typeof ChangeVillage>;

export async function changeVillage(town: Town, by: Officer, at: Date, what: ChangeVillage): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    await lockTown(town);
    const village = (await listVillages(town)).find(({ id, retired }) => id === what.village && !retired);
    if (village === undefined) throw new Refusal("village/unknown");
    refuse(whyNotDrawnFrom(village, what));
    const version = village.version + 1;
    await town.db
      .updateTable("people.village")
      .set({ code: what.code, name_zh: what.nameZh, name_en: what.nameEn, lon: what.lon, lat: what.lat, version })
      .where("town", "=", town.id)
      .where("id", "=", what.village)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "village.changed",
      subject: { kind: "village", id: what.village },
      facts: { code: what.code, lon: writtenDegrees(what.lon), lat: writtenDegrees(what.lat), version },
      words: { name: what.nameZh, nameEn: what.nameEn },
    });
  });
}
