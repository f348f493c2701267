import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { Account } from "./account.ts";
import { appendEvent } from "./events.ts";

/** Forgets a browser one signed in with: it counts as a stranger's from now on. Its sessions go on. Refusals: device/forgotten. */
export async function forgetDevice(town: Town, by: Account, at: Date, what: { readonly device: string }): Promise<void> {
  await transact(town, async (town) => {
    const { numDeletedRows } = await town.db
      .deleteFrom("people.known_device")
      .where("town", "=", town.id)
      .where("account", "=", by.id)
      .where("id", "=", what.device)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new Refusal("device/forgotten");
    await appendEvent(town, by, at, { verb: "officer.device-forgotten", subject: by });
  });
}
