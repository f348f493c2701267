import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { findCredential, keepPassword, wasUsed } from "./credential.ts";
import { asActor, type Officer } from "./officer.ts";
import { isPassword, whyNotPassword } from "./password.ts";
import { findAccount } from "./queries.ts";
import { endSessionsOf } from "./session.ts";
import { readSignInFigures } from "./sign-in-figures.ts";

const typed = z.string({ error: "text/missing" }).min(1, { error: "text/missing" }).max(200, { error: "text/too-long" });

export const ChangePassword = z.object({ present: typed, chosen: typed });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** An officer's own new password. Their other sessions end; the one with `keeping` as its token goes on. */
export async function changePassword(
  town: Town,
  by: Officer,
  at: Date,
  what: ChangePassword & { readonly keeping: string },
): Promise<void> {
  await transact(town, async (town) => {
    const account = await findAccount(town, by.id);
    const credential = await findCredential(town, by.id);
    if (account === null || credential === null) throw new Refusal("officer/unknown");
    if (!(await isPassword(credential.hash, what.present))) throw new Refusal("password/wrong");
    refuse(whyNotPassword(what.chosen, account.login, (await readSignInFigures(town)).passwordLength));
    if (await wasUsed(town, by.id, what.chosen)) throw new Refusal("password/reused");
    await keepPassword(town, by.id, at, what.chosen, by.id);
    await endSessionsOf(town, by.id, what.keeping);
    await appendEvent(town, asActor(by), at, { verb: "officer.password-changed", subject: { kind: "officer", id: by.id } });
  });
}
