import { appendEvent } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import { asActor, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { phoneMarks } from "./seal-identity.ts";

const MOST_FOUND = 50;

/**
 * The reports a number left, newest first, by its keyed hash: no field is opened. That an officer searched is an event, because
 * whoever knows a number learns by it whether that person reported; the number is in none of it.
 */
export async function findByPhone(town: Town, by: Officer, at: Date, phone: string): Promise<readonly string[]> {
  return transact(town, async (town) => {
    const rows = await town.db
      .selectFrom("vault.field")
      .select("report")
      .where("town", "=", town.id)
      .where("mark", "in", phoneMarks(town, phone))
      .orderBy("report", "desc")
      .limit(MOST_FOUND)
      .execute();
    await appendEvent(town, asActor(by), at, { verb: "identity.searched", subject: THE_TOWN, facts: { found: rows.length } });
    return rows.map(({ report }) => report);
  });
}
