import { z } from "zod";
import { transact, type Town } from "#platform/town";
import { accountOf, type Account } from "./account.ts";
import { findCredential } from "./credential.ts";
import { knownDevice } from "./known-device.ts";
import { loginTyped } from "./login.ts";
import { isPassword } from "./password.ts";
import { findOfficerByLogin } from "./queries.ts";
import { beginSession, type From as Beginning } from "./session.ts";
import { readSignInFigures } from "./sign-in-figures.ts";
import { settleTry, whyNotTry, type Counted } from "./sign-in-gate.ts";
import { tellFailure } from "./tell-failure.ts";
import { tellSignIn } from "./tell-sign-in.ts";
import { hasTotp } from "./totp.ts";

const MISSING = { error: "text/missing" };
const typed = (longest: number) => z.string(MISSING).min(1, MISSING).max(longest, { error: "text/too-long" });

export const SignIn = z.object({
  login: typed(100)
    .transform(loginTyped)
    .refine((login) => login !== "", MISSING),
  password: typed(200),
});
export type SignIn = z.infer<typeof SignIn>;

/** Where a try comes from, and what earlier sign-ins left in the browser (known-device.ts). */
type From = Beginning & { readonly vouchers: readonly string[] };

/**
 * How a sign-in ended. A wrong one is a value, not a refusal: a refusal leaves no trace, and this try must be counted.
 * Whether the login exists is never told.
 */
export type SignedIn =
  | { readonly ended: "begun"; readonly account: Account; readonly token: string; readonly next: "code" | "open" }
  | { readonly ended: "wrong" }
  | { readonly ended: "locked"; readonly until: Date };

/** The password is hashed before the transaction, in turn; the counts are asked before it and settled after it. */
export async function signIn(town: Town, at: Date, what: SignIn & From): Promise<SignedIn> {
  const figures = await readSignInFigures(town);
  const officer = await findOfficerByLogin(town, what.login);
  const account = officer === null ? null : accountOf(officer);
  const credential = account === null ? null : await findCredential(town, account.id);
  const since = credential?.setAt ?? at;
  const device = account === null ? null : await knownDevice(town, account, { vouchers: what.vouchers, since, at });
  const counted = countsOf(what, device);
  const until = await whyNotTry(town, at, counted);
  if (until !== null) return { ended: "locked", until };
  const right = await isPassword(credential?.hash ?? null, what.password, what.address);
  return transact(town, async (town) => {
    const settled = await settleTry(town, at, { figures, counted, right });
    if (settled.ended === "locked") return settled;
    if (account === null || settled.ended === "wrong") {
      await tellFailure(town, account, at, { step: "sign-in", figures, settled });
      return { ended: "wrong" };
    }
    const next = (await hasTotp(town, account.id)) ? "code" : "open";
    const token = await beginSession(town, account, at, { address: what.address, userAgent: what.userAgent, open: next === "open" });
    if (next === "open") await tellSignIn(town, account, at, {});
    return { ended: "begun", account, token, next };
  });
}

/** Failures on a device that signed in before count there alone; a stranger's count by login, by login and address, and by address. */
export function countsOf({ login, address }: Pick<SignIn & From, "login" | "address">, device: string | null): readonly Counted[] {
  if (device !== null) return [{ kind: "device", of: `${login} ${device}`, login }];
  return [
    { kind: "address", of: address },
    { kind: "here", of: `${login} ${address}`, login },
    { kind: "login", of: login, login },
  ];
}
