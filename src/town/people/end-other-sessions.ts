import { transact, type Town } from "#platform/town";
import type { Account } from "./account.ts";
import { appendEvent } from "./events.ts";
import { endSessionsOf } from "./session.ts";

/** Ends every session of one's own but the one with `keeping` as its token; that none was left to end is told nobody. */
export async function endOtherSessions(town: Town, by: Account, at: Date, what: { readonly keeping: string }): Promise<void> {
  await transact(town, async (town) => {
    const ended = await endSessionsOf(town, by, what.keeping);
    if (ended > 0) await appendEvent(town, by, at, { verb: "officer.sessions-ended", subject: by, facts: { ended } });
  });
}
