import { newId } from "#platform/ids";
import { DAY_MS } from "#platform/instant";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { REMEMBERED_PASSWORDS } from "./password.ts";

export type Credential = { readonly hash: string; readonly setAt: Date; readonly setBy: string | null };

export async function findCredential(town: Town, account: string): Promise<Credential | null> {
  const row = await credentials(town, account).executeTakeFirst();
  return row ?? null;
}

/**
 * Keeps a new password by its hash; the one before joins the remembered ones. `setBy` is who chose it, null at set-up.
 * The account's row stays locked until commit.
 */
export async function keepPassword(
  town: Town,
  account: string,
  at: Date,
  what: { readonly hash: string; readonly setBy: string | null },
): Promise<void> {
  const before = await lockCredential(town, account);
  if (before !== null)
    await town.db
      .insertInto("people.past_password")
      .values({ town: town.id, id: newId(at), account, password_hash: before.hash, replaced_at: at })
      .execute();
  const kept = { password_hash: what.hash, set_at: at, set_by: what.setBy };
  await town.db
    .insertInto("people.credential")
    .values({ town: town.id, account, ...kept })
    .onConflict((conflict) => conflict.columns(["town", "account"]).doUpdateSet(kept))
    .execute();
}

/** The present password's row, locked until commit: of two changes at once the second is judged by what the first left. */
export async function lockCredential(town: Town, account: string): Promise<Credential | null> {
  takeInOrder("password");
  const row = await credentials(town, account).forUpdate().executeTakeFirst();
  return row ?? null;
}

/** The hashes of the present password and those remembered, the latest first. */
export async function usedHashes(town: Town, account: string): Promise<readonly string[]> {
  const present = await findCredential(town, account);
  const past = await town.db
    .selectFrom("people.past_password")
    .select("password_hash as hash")
    .where("town", "=", town.id)
    .where("account", "=", account)
    .orderBy("id", "desc")
    .limit(REMEMBERED_PASSWORDS - 1)
    .execute();
  return (present === null ? past : [present, ...past]).map(({ hash }) => hash);
}

/** Whether its holder must choose a new one before anything else: somebody else chose it, or it is older than the town allows. */
export function mustChange(credential: Pick<Credential, "setAt" | "setBy">, account: string, passwordDays: number, at: Date): boolean {
  if (credential.setBy !== account) return true;
  return passwordDays > 0 && at.getTime() - credential.setAt.getTime() > passwordDays * DAY_MS;
}

function credentials(town: Town, account: string) {
  return town.db
    .selectFrom("people.credential")
    .select(["password_hash as hash", "set_at as setAt", "set_by as setBy"])
    .where("town", "=", town.id)
    .where("account", "=", account);
}
