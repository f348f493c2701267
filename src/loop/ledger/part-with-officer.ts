import { disableOfficer, type DisableOfficer } from "#people/disable-officer";
import type { Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { listLedAlone } from "./left-behind.ts";

/**
 * Closes an officer's account, once somebody else answers for each of their open problems. Doors call this one: what somebody leaves
 * behind is the ledger's to know. `by` null: from the command line. Refusals: officer/answers-for-problems, and those of `disableOfficer`.
 */
export async function partWithOfficer(town: Town, by: Officer | null, at: Date, what: DisableOfficer): Promise<void> {
  await transact(town, async (town) => {
    // Locks the officer's row: whoever makes them answerable at this moment is waited for, or finds them gone (answerable.ts).
    await disableOfficer(town, by, at, what);
    if ((await listLedAlone(town, what.officer)).length > 0) throw new Refusal("officer/answers-for-problems");
  });
}
