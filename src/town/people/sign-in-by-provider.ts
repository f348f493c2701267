import { transact, type Town } from "#platform/town";
import { findBySubject } from "./bound-subject.ts";
import type { Officer } from "./officer.ts";
import { findOfficer } from "./queries.ts";
import { beginSession } from "./session.ts";
import { tellSignIn } from "./tell-sign-in.ts";
import { hasTotp } from "./totp.ts";

export type SignedInByProvider =
  | { readonly ended: "begun"; readonly officer: Officer; readonly token: string; readonly next: "code" | "open" }
  | { readonly ended: "unbound" };

/**
 * Begins a session for whoever the provider vouches for, when their identity is bound to the account of somebody who works here. The
 * provider stands in the place of the password; where the officer set a second step, it is asked for as ever.
 */
export async function signInByProvider(
  town: Town,
  at: Date,
  identity: { readonly issuer: string; readonly subject: string },
): Promise<SignedInByProvider> {
  return transact(town, async (town) => {
    const bound = await findBySubject(town, identity);
    const officer = bound === null ? null : await findOfficer(town, bound.account);
    if (bound === null || officer === null) return { ended: "unbound" };
    const next = (await hasTotp(town, officer.id)) ? "code" : "open";
    const token = await beginSession(town, officer.id, at, next === "open", bound.id);
    if (next === "open") await tellSignIn(town, officer, at, { byProvider: true });
    return { ended: "begun", officer, token, next };
  });
}
