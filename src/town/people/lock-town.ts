import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";

/**
 * Holds the town's row until commit: changes of people, duties, units and settings happen one after another, so that a rule about
 * several rows (no circle, never the last administrator) is asked of rows that nobody else is changing. Reports and problems,
 * whose rows only point at the town's, do not wait.
 */
export async function lockTown(town: Town): Promise<void> {
  takeInOrder("town");
  await town.db.selectFrom("people.town").select("town").where("town", "=", town.id).forNoKeyUpdate().executeTakeFirstOrThrow();
}
