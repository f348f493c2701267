import { randomBytes } from "node:crypto";
import { transact, type Town } from "#platform/town";
import { base32, otpauthAddress } from "#standards/totp/totp";
import type { Account } from "./account.ts";
import { findAccount } from "./queries.ts";
import { lockSecret, sealedSecret } from "./totp.ts";

const SECRET_BYTES = 20; // RFC 4226 §4, R6

/** The secret an officer is about to put into their app; the same one until a code shows it arrived. Null once the step is on. */
export async function proposeTotp(
  town: Town,
  by: Account,
  at: Date,
  what: { readonly issuer: string },
): Promise<{ readonly key: string; readonly address: string } | null> {
  return transact(town, async (town) => {
    const proposed = randomBytes(SECRET_BYTES);
    await town.db
      .insertInto("people.totp")
      .values({ town: town.id, account: by.id, sealed: sealedSecret(town, by.id, proposed), proposed_at: at })
      .onConflict((conflict) => conflict.columns(["town", "account"]).doNothing()) // of two at once the second waits here for the first
      .execute();
    const { secret, setAt } = (await lockSecret(town, by.id)) ?? { secret: proposed, setAt: null };
    if (setAt !== null) return null;
    const account = await findAccount(town, by.id);
    return { key: base32(secret), address: otpauthAddress(what.issuer, account?.login ?? "", secret) };
  });
}
