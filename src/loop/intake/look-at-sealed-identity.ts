import type { Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { Identity } from "#vault/identity";
import { openIdentity } from "#vault/open-identity";
import { openUntil } from "#vault/queries";
import { recordLook, type Look } from "#vault/record-look";
import type { Opened } from "./opened-identity.ts";
import { findSealed, lockToReceive } from "./sealed-reports.ts";

/**
 * Opens the vault for one sealed report, for ten minutes, to one of its receivers and to nobody else. The look, with its reason, is
 * recorded before anything is shown; no leaf tells of it, its reporter sees it. Refusals: report/unknown, identity/none.
 */
export async function lookAtSealedIdentity(town: Town, by: Officer, at: Date, what: Look): Promise<Identity> {
  return transact(town, async (town) => {
    await lockToReceive(town, by, what.report);
    await recordLook(town, by, at, { ...what, kind: "look" });
    const identity = await openIdentity(town, what.report);
    if (identity === null) throw new Refusal("identity/none"); // erased this very moment
    return identity;
  });
}

/** What a look of the last ten minutes still shows this receiver, and until when; null when none is open. */
export async function openedSealedIdentity(town: Town, by: Officer, at: Date, report: string): Promise<Opened | null> {
  return transact(town, async (town) => {
    const until = await openUntil(town, by.id, at, report);
    if (until === null || (await findSealed(town, by, report)) === null) return null;
    const identity = await openIdentity(town, report);
    return identity === null ? null : { identity, until };
  });
}
