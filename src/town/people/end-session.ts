import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { Account } from "./account.ts";
import { appendEvent } from "./events.ts";

/** Ends one of one's own sessions: it opens nothing any more. Of two who end it at once one does. Refusals: session/unknown. */
export async function endSession(town: Town, by: Account, at: Date, what: { readonly session: string }): Promise<void> {
  await transact(town, async (town) => {
    const { numDeletedRows } = await town.db
      .deleteFrom("people.session")
      .where("town", "=", town.id)
      .where("account", "=", by.id)
      .where("id", "=", what.session)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new Refusal("session/unknown");
    await appendEvent(town, by, at, { verb: "officer.sessions-ended", subject: by, facts: { ended: 1 } });
  });
}
