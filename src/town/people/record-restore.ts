import { THE_TOWN } from "#audit/the-town";
import { dayOf } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

/** The system administrator says that the town came back from its backup, today: nobody else can see it. */
export async function recordRestore(town: Town, by: Officer, at: Date): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    await town.db
      .updateTable("people.town")
      .set({ restored_on: dayOf(at) })
      .where("town", "=", town.id)
      .execute();
    await appendEvent(town, asActor(by), at, { verb: "town.restore-tried", subject: THE_TOWN });
  });
}
