import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { replacePassword } from "./replace-password.ts";

export const ResetPassword = z.object({ officer: id, ...drawnFrom });
export type ResetPassword = z.infer<typeof ResetPassword>;

/**
 * Gives an officer a temporary password by its `hash`, from the command line of the machine (`by` null) and from nowhere else: in the
 * office it takes two (ask-temporary-password.ts). The log and the officer's page tell of both.
 */
export async function resetPassword(town: Town, _by: null, at: Date, what: ResetPassword & { readonly hash: string }): Promise<void> {
  await transact(town, async (town) => {
    const officer = await lockAccount(town, what);
    const secondStepRemoved = await replacePassword(town, officer, at, { hash: what.hash, setBy: null });
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, SYSTEM, at, {
      verb: "officer.password-reset",
      subject: { kind: "officer", id: officer.id },
      facts: { secondStepRemoved, version },
    });
  });
}
