import type { Town } from "#platform/town";

/**
 * Holds the town's row until commit: changes of people, duties and units happen one after another, so that a rule about
 * several rows (no circle, never the last administrator) is asked of rows that nobody else is changing.
 */
export async function lockTown(town: Town): Promise<void> {
  await town.db.selectFrom("people.town").select("town").where("town", "=", town.id).forUpdate().executeTakeFirstOrThrow();
}
