import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { asActor, type Officer } from "./officer.ts";
import { endSession } from "./session.ts";

/** Ends one session: the one with this token. */
export async function signOut(town: Town, by: Officer, at: Date, what: { readonly token: string }): Promise<void> {
  await transact(town, async (town) => {
    await endSession(town, what.token);
    await appendEvent(town, asActor(by), at, { verb: "officer.signed-out", subject: { kind: "officer", id: by.id } });
  });
}
