import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const RevokeDevice = z.object({ device: id });
export type RevokeDevice = z.infer<typeof RevokeDevice>;

/**
 * Takes the key of a device back: from now on it opens nothing. Its name stays with what it did.
 * Refusals: officer/not-allowed, device/unknown.
 */
export async function revokeDevice(town: Town, by: Officer, at: Date, what: RevokeDevice): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const { numUpdatedRows } = await town.db
      .updateTable("people.device")
      .set({ revoked_at: at, revoked_by: by.id })
      .where("town", "=", town.id)
      .where("id", "=", what.device)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal("device/unknown");
    await appendEvent(town, asActor(by), at, { verb: "device.revoked", subject: { kind: "device", id: what.device } });
  });
}
