import type { Town } from "#platform/town";
import { keepPassword } from "./credential.ts";
import { endSessionsOf } from "./session.ts";
import { forgetFailures } from "./sign-in-gate.ts";
import { endSecret } from "./totp.ts";

/**
 * Puts somebody else's choice in the place of an account's password: the second step goes with it, because whoever lost the phone asks
 * for one, and every session and lock ends. Returns whether there was a second step.
 */
export async function replacePassword(
  town: Town,
  account: { readonly id: string; readonly login: string },
  at: Date,
  what: { readonly hash: string; readonly setBy: string | null },
): Promise<boolean> {
  await keepPassword(town, account.id, at, what);
  const secondStepRemoved = await endSecret(town, account.id);
  await forgetFailures(town, account);
  await endSessionsOf(town, account);
  return secondStepRemoved;
}
