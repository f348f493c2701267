import type { Town } from "#platform/town";
import { PASSWORD_HASH } from "./town.ts";

type Holder = { readonly id: string; readonly login: string; readonly openedAt: Date; readonly hash?: string };

/** An account for somebody whose own row is there already, with a password they chose themselves. */
export async function openAccount(town: Town, { id, login, openedAt, hash = PASSWORD_HASH }: Holder): Promise<void> {
  await town.db
    .insertInto("people.account")
    .values({ town: town.id, id, kind: "officer", officer: id, login, opened_at: openedAt })
    .execute();
  await town.db
    .insertInto("people.credential")
    .values({ town: town.id, account: id, password_hash: hash, set_at: openedAt, set_by: id })
    .execute();
}
