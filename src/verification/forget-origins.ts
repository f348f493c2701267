import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { securityLogBegins } from "#rules/queries";

/** Where answers came from is forgotten with the town's security logs. */
export async function forgetOrigins(town: Town, at: Date): Promise<void> {
  await town.db
    .updateTable("verification.answer")
    .set({ device: null, address: null })
    .where("town", "=", town.id)
    .where("answered_at", "<", await securityLogBegins(town, dayOf(at)))
    .where((eb) => eb.or([eb("device", "is not", null), eb("address", "is not", null)]))
    .execute();
}
