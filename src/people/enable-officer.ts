import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const EnableOfficer = z.object({ officer: id });
export type EnableOfficer = z.infer<typeof EnableOfficer>;

/** Opens a closed account again, with the duties and the password it had. */
export async function enableOfficer(town: Town, by: Officer, at: Date, what: EnableOfficer): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const enabled = await town.db
      .updateTable("people.officer")
      .set({ disabled_at: null, disabled_by: null })
      .where("town", "=", town.id)
      .where("id", "=", what.officer)
      .where("disabled_at", "is not", null)
      .returning("id")
      .executeTakeFirst();
    if (enabled === undefined) throw new Refusal("officer/unknown");
    await appendEvent(town, asActor(by), at, { verb: "officer.enabled", subject: { kind: "officer", id: what.officer } });
  });
}
