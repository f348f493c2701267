import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { securityLogBegins } from "#rules/queries";

/** Looks and searches older than the town keeps its security logs (at least 184 days) are forgotten; their leaves stay for ever. */
export async function forgetLooks(town: Town, at: Date): Promise<void> {
  const begins = await securityLogBegins(town, dayOf(at));
  await town.db.deleteFrom("vault.look").where("town", "=", town.id).where("looked_at", "<", begins).execute();
  await town.db.deleteFrom("vault.search").where("town", "=", town.id).where("searched_at", "<", begins).execute();
}
