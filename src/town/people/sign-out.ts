import { transact, type Town } from "#platform/town";
import type { Account } from "./account.ts";
import { appendEvent } from "./events.ts";
import { hashOf } from "./session.ts";

/** Ends one session: the one with this token. */
export async function signOut(town: Town, by: Account, at: Date, what: { readonly token: string }): Promise<void> {
  await transact(town, async (town) => {
    await town.db
      .deleteFrom("people.session")
      .where("town", "=", town.id)
      .where("account", "=", by.id)
      .where("token_hash", "=", hashOf(what.token))
      .execute();
    await appendEvent(town, by, at, { verb: "officer.signed-out", subject: by });
  });
}
