import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { findLock, forgetFailures } from "./sign-in-gate.ts";

export const UnlockOfficer = z.object({ officer: id, ...drawnFrom });
export type UnlockOfficer = z.infer<typeof UnlockOfficer>;

/** Opens an officer's sign-in before its lock ends, and forgets the failures that led to it. `by` null: from the command line. */
export async function unlockOfficer(town: Town, by: Officer | null, at: Date, what: UnlockOfficer): Promise<void> {
  await transact(town, async (town) => {
    if (by !== null) refuse(whyNotDuty(by, "security_admin"));
    const officer = await lockAccount(town, what);
    if ((await findLock(town, at, officer)) === null) throw new Refusal("officer/not-locked");
    await forgetFailures(town, officer);
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "officer.unlocked",
      subject: { kind: "officer", id: what.officer },
    });
  });
}
