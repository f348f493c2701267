import { z } from "zod";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import type { Account } from "./account.ts";
import { confirmPassword } from "./confirm-password.ts";
import { keepPassword, lockCredential, usedHashes } from "./credential.ts";
import { appendEvent } from "./events.ts";
import { hashPassword, isPassword, whyNotPassword } from "./password.ts";
import { findAccount } from "./queries.ts";
import { endSessionsOf } from "./session.ts";
import { readSignInFigures } from "./sign-in-figures.ts";

const typed = z.string({ error: "text/missing" }).min(1, { error: "text/missing" }).max(200, { error: "text/too-long" });

export const ChangePassword = z.object({ present: typed, chosen: typed });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** A wrong present password is a value, not a refusal: it must be counted. */
export type PasswordChanged =
  | { readonly ended: "changed" }
  | { readonly ended: "wrong" }
  | { readonly ended: "locked"; readonly until: Date };

/** The own new password of an account's holder. Their other sessions end; the one with `keeping` as its token goes on. */
export async function changePassword(
  town: Town,
  by: Account,
  at: Date,
  what: ChangePassword & { readonly keeping: string },
): Promise<PasswordChanged> {
  const account = await findAccount(town, by.id);
  if (account === null) throw new Refusal("officer/unknown");
  const confirmed = await confirmPassword(town, by, at, what.present);
  if (confirmed.ended !== "right") return confirmed;
  refuse(whyNotPassword(what.chosen, account.login, (await readSignInFigures(town)).passwordLength));
  for (const used of await usedHashes(town, by.id)) if (await isPassword(used, what.chosen, by.id)) throw new Refusal("password/reused");
  const hash = await hashPassword(what.chosen, by.id);
  return transact(town, async (town) => {
    // Somebody changed or reset it while this one was hashed: what was typed is no longer the present one.
    if ((await lockCredential(town, by.id))?.hash !== confirmed.hash) throw new Refusal("password/wrong");
    await keepPassword(town, by.id, at, { hash, setBy: by.id });
    await endSessionsOf(town, by, what.keeping);
    await appendEvent(town, by, at, { verb: "officer.password-changed", subject: by });
    return { ended: "changed" };
  });
}
