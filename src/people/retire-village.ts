import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const RetireVillage = z.object({ village: id });
export type RetireVillage = z.infer<typeof RetireVillage>;

/** Nothing new is placed there; what was keeps its village. */
export async function retireVillage(town: Town, by: Officer, at: Date, what: RetireVillage): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "office", "system_admin"));
    const retired = await town.db
      .updateTable("people.village")
      .set({ retired_at: at })
      .where("town", "=", town.id)
      .where("id", "=", what.village)
      .where("retired_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (retired === undefined) throw new Refusal("village/unknown");
    await appendEvent(town, asActor(by), at, { verb: "village.retired", subject: { kind: "village", id: what.village } });
  });
}
