import { transact, type Town } from "#platform/town";
import { accountOf, type Account } from "./account.ts";
import { findBySubject } from "./bound-subject.ts";
import { findOfficer } from "./queries.ts";
import { beginSession, type From } from "./session.ts";
import { tellSignIn } from "./tell-sign-in.ts";
import { hasTotp } from "./totp.ts";

export type SignedInByProvider =
  | { readonly ended: "begun"; readonly account: Account; readonly token: string; readonly next: "code" | "open" }
  | { readonly ended: "unbound" };

/**
 * Begins a session for whoever the provider vouches for, when their identity is bound to the account of somebody who works here. The
 * provider stands in the place of the password; where the officer set a second step, it is asked for as ever.
 */
export async function signInByProvider(
  town: Town,
  at: Date,
  identity: From & { readonly issuer: string; readonly subject: string },
): Promise<SignedInByProvider> {
  return transact(town, async (town) => {
    const bound = await findBySubject(town, identity);
    const officer = bound === null ? null : await findOfficer(town, bound.account);
    if (bound === null || officer === null) return { ended: "unbound" };
    const account = accountOf(officer);
    const next = (await hasTotp(town, account.id)) ? "code" : "open";
    const { address, userAgent } = identity;
    const token = await beginSession(town, account, at, { address, userAgent, open: next === "open", boundSubject: bound.id });
    if (next === "open") await tellSignIn(town, account, at, { byProvider: true });
    return { ended: "begun", account, token, next };
  });
}
