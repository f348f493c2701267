import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom, whyNotDrawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listVillages } from "./queries.ts";

export const RetireVillage = z.object({ village: id, ...drawnFrom });
export type RetireVillage = z.infer<typeof RetireVillage>;

/** Nothing new is placed there; what was keeps its village. */
export async function retireVillage(town: Town, by: Officer, at: Date, what: RetireVillage): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    await lockTown(town);
    const village = (await listVillages(town)).find(({ id, retired }) => id === what.village && !retired);
    if (village === undefined) throw new Refusal("village/unknown");
    refuse(whyNotDrawnFrom(village, what));
    const version = village.version + 1;
    await town.db
      .updateTable("people.village")
      .set({ retired_at: at, version })
      .where("town", "=", town.id)
      .where("id", "=", what.village)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "village.retired",
      subject: { kind: "village", id: what.village },
      facts: { version },
    });
  });
}
