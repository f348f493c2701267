import type { Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { asActor, type Officer } from "./officer.ts";

/** Says that somebody got in, with what beside a password. Last in its transaction: of two at once one waits here for the other. */
export async function tellSignIn(
  town: Town,
  by: Officer,
  at: Date,
  facts: { readonly secondStep?: boolean; readonly byProvider?: boolean },
): Promise<void> {
  await appendEvent(town, asActor(by), at, { verb: "officer.signed-in", subject: { kind: "officer", id: by.id }, facts });
  await town.db.updateTable("people.account").set({ signed_in_at: at }).where("town", "=", town.id).where("id", "=", by.id).execute();
}
