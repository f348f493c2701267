import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { readCalendar } from "#rules/calendar";
import { amberOn } from "#rules/deadline";

/**
 * Counts again, with the calendar as it is now, from which day each entry under work is amber; the due day itself is a promise
 * and stays. Returns how many changed. Within the caller's transaction; an entry somebody acts on meanwhile is waited for.
 */
export async function recountLamps(town: Town): Promise<number> {
  const calendar = await readCalendar(town);
  takeInOrder("problem");
  const open = await town.db
    .selectFrom("ledger.problem")
    .select(["id", "due_on as dueOn", "assigned_on as assignedOn", "amber_on as amberOn"])
    .where("town", "=", town.id)
    .where("status", "in", ["assigned", "suspended"])
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  let changed = 0;
  for (const { id, dueOn, assignedOn, amberOn: before } of open) {
    if (dueOn === null || assignedOn === null) continue;
    const now = amberOn(calendar, assignedOn, dueOn);
    if (now === before) continue;
    await town.db.updateTable("ledger.problem").set({ amber_on: now }).where("town", "=", town.id).where("id", "=", id).execute();
    changed += 1;
  }
  return changed;
}
