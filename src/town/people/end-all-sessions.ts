import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { accountOf } from "./account.ts";
import { appendEvent } from "./events.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { findAccount } from "./queries.ts";
import { endSessionsOf } from "./session.ts";

export const EndAllSessions = z.object({ officer: id });
export type EndAllSessions = z.infer<typeof EndAllSessions>;

/**
 * Ends every session of an officer, whose password and devices stay: either administrator may, it opens nothing. `by` null: from the
 * command line. Refusals: officer/not-allowed, officer/unknown, session/none.
 */
export async function endAllSessions(town: Town, by: Officer | null, at: Date, what: EndAllSessions): Promise<void> {
  await transact(town, async (town) => {
    if (by !== null) refuse(whyNotDuty(by, "system_admin", "security_admin"));
    const officer = await findAccount(town, what.officer);
    if (officer === null) throw new Refusal("officer/unknown");
    const account = accountOf(officer);
    const ended = await endSessionsOf(town, account);
    if (ended === 0) throw new Refusal("session/none");
    const actor = by === null ? SYSTEM : asActor(by);
    await appendEvent(town, actor, at, { verb: "officer.sessions-ended", subject: account, facts: { ended } });
  });
}
