import type { z } from "zod";
import { THE_TOWN } from "#audit/the-town";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom, whyNotDrawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { moveDirectory } from "./move-directory.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { Particulars, readParticulars } from "./particulars.ts";

export const ChangeTown = Particulars.extend(drawnFrom);
export type ChangeTown = z.infer<typeof ChangeTown>;

/** New particulars of the town. Its prefix stays for ever: numbers begin with it. */
export async function changeTown(town: Town, by: Officer, at: Date, what: ChangeTown): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const particulars = await readParticulars(town);
    refuse(whyNotDrawnFrom(particulars, what));
    const version = particulars.version + 1;
    const { nameZh, nameEn, phone, hours, address, responsible, icpRecord, policeRecord } = what;
    await town.db
      .updateTable("people.town")
      .set({
        name_zh: nameZh,
        name_en: nameEn,
        phone,
        hours,
        address,
        responsible,
        icp_record: icpRecord,
        police_record: policeRecord,
        version,
      })
      .where("town", "=", town.id)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "town.changed",
      subject: THE_TOWN,
      facts: { version },
      words: { name: nameZh, nameEn, phone, hours, address, responsible, icpRecord, policeRecord },
    });
    await moveDirectory(town);
  });
}
