import type { Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import type { Identity } from "#vault/identity";
import { openIdentity } from "#vault/open-identity";
import { openUntil } from "#vault/queries";
import { whyNotLookAt } from "./look-at-identity.ts";

export type Opened = { readonly identity: Identity; readonly until: Date };

/**
 * What a look of the last ten minutes still shows this officer, and until when; null when none is open. Whoever became answerable
 * for the problem meanwhile is shown nothing more.
 */
export async function openedIdentity(town: Town, by: Officer, at: Date, report: string): Promise<Opened | null> {
  return transact(town, async (town) => {
    const until = await openUntil(town, by.id, at, report);
    if (until === null) return null;
    if ((await whyNotLookAt(town, by, report)) !== null) return null;
    const identity = await openIdentity(town, report);
    return identity === null ? null : { identity, until };
  });
}
