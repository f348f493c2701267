import type { Updateable } from "kysely";
import type { DB } from "#platform/schema.generated";
import type { Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { whyNotDrawnFrom } from "./drawn-from.ts";
import { lockTown } from "./lock-town.ts";
import { findAccount, type OfficerAccount } from "./queries.ts";

/** What a command may change on an officer's row; the version moves only here. */
type AccountChange = Omit<Updateable<DB["people.officer"]>, "town" | "id" | "version">;

/** Locks the town, and so every account of it, and finds the one that a form is about. Refusals: officer/unknown, setting/changed. */
export async function lockAccount(
  town: Town,
  what: { readonly officer: string; readonly version: number | null },
): Promise<OfficerAccount> {
  await lockTown(town);
  const account = await findAccount(town, what.officer);
  if (account === null) throw new Refusal("officer/unknown");
  refuse(whyNotDrawnFrom(account, what));
  return account;
}

/** Changes a locked account, or only says that something about it was changed. Returns the new version. */
export async function changeAccount(town: Town, account: OfficerAccount, change: AccountChange): Promise<number> {
  const version = account.version + 1;
  await town.db
    .updateTable("people.officer")
    .set({ ...change, version })
    .where("town", "=", town.id)
    .where("id", "=", account.id)
    .execute();
  return version;
}
