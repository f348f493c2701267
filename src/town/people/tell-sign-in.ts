import type { Town } from "#platform/town";
import type { Account } from "./account.ts";
import { appendEvent } from "./events.ts";

/** Says that somebody got in, with what beside a password. Last in its transaction: of two at once one waits here for the other. */
export async function tellSignIn(
  town: Town,
  by: Account,
  at: Date,
  facts: { readonly secondStep?: boolean; readonly byProvider?: boolean },
): Promise<void> {
  await appendEvent(town, by, at, { verb: "officer.signed-in", subject: by, facts });
  await town.db.updateTable("people.account").set({ signed_in_at: at }).where("town", "=", town.id).where("id", "=", by.id).execute();
}
