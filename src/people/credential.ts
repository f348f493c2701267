import { newId } from "#platform/ids";
import type { Town } from "#platform/town";
import { hashPassword, isPassword, REMEMBERED_PASSWORDS } from "./password.ts";

export type Credential = { readonly hash: string; readonly setAt: Date; readonly setBy: string | null };

export async function findCredential(town: Town, officer: string): Promise<Credential | null> {
  const row = await town.db
    .selectFrom("people.credential")
    .select(["password_hash as hash", "set_at as setAt", "set_by as setBy"])
    .where("town", "=", town.id)
    .where("officer", "=", officer)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps a new password; the one before joins the remembered ones. `setBy` is who chose it, null at set-up. */
export async function keepPassword(town: Town, officer: string, at: Date, password: string, setBy: string | null): Promise<void> {
  const before = await findCredential(town, officer);
  if (before !== null)
    await town.db
      .insertInto("people.past_password")
      .values({ town: town.id, id: newId(at), officer, password_hash: before.hash, replaced_at: at })
      .execute();
  const kept = { password_hash: await hashPassword(password), set_at: at, set_by: setBy };
  await town.db
    .insertInto("people.credential")
    .values({ town: town.id, officer, ...kept })
    .onConflict((conflict) => conflict.columns(["town", "officer"]).doUpdateSet(kept))
    .execute();
}

/** Whether it is the present password or one of those remembered. */
export async function wasUsed(town: Town, officer: string, password: string): Promise<boolean> {
  const present = await findCredential(town, officer);
  const past = await town.db
    .selectFrom("people.past_password")
    .select("password_hash as hash")
    .where("town", "=", town.id)
    .where("officer", "=", officer)
    .orderBy("id", "desc")
    .limit(REMEMBERED_PASSWORDS - 1)
    .execute();
  for (const { hash } of present === null ? past : [present, ...past]) if (await isPassword(hash, password)) return true;
  return false;
}

/** Whether the officer must choose a new one before anything else: somebody else chose it, or it is older than the town allows. */
export function mustChange(credential: Pick<Credential, "setAt" | "setBy">, officer: string, passwordDays: number, at: Date): boolean {
  if (credential.setBy !== officer) return true;
  return passwordDays > 0 && at.getTime() - credential.setAt.getTime() > passwordDays * 86_400_000;
}
