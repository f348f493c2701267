import { accountOf } from "#people/account";
import type { Officer } from "#people/officer";
import { beginSession } from "#people/session";
import type { Town } from "#platform/town";

/** A session of an officer, from nowhere in particular; its token. Not `open`: the second step is still to come. */
export async function aSession(town: Town, officer: Pick<Officer, "id">, at: Date, open = true): Promise<string> {
  return beginSession(town, accountOf(officer), at, { open, address: "192.0.2.1", userAgent: "" });
}
