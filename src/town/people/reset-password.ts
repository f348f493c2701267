import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { keepPassword } from "./credential.ts";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { endSessionsOf } from "./session.ts";
import { forgetFailures } from "./sign-in-gate.ts";
import { endSecret } from "./totp.ts";

export const ResetPassword = z.object({ officer: id, ...drawnFrom });
export type ResetPassword = z.infer<typeof ResetPassword>;

/**
 * Gives an officer who lost the password or the phone a temporary one, by its `hash`. The second step is taken away with the old
 * password, every session and every lock ends. `by` null: from the command line.
 */
export async function resetPassword(
  town: Town,
  by: Officer | null,
  at: Date,
  what: ResetPassword & { readonly hash: string },
): Promise<void> {
  if (by !== null) refuse(whyNotDuty(by, "system_admin") ?? (by.id === what.officer ? "officer/self" : null));
  await transact(town, async (town) => {
    const officer = await lockAccount(town, what);
    await keepPassword(town, officer.id, at, { hash: what.hash, setBy: by?.id ?? null });
    const secondStepRemoved = await endSecret(town, officer.id);
    await forgetFailures(town, officer);
    await endSessionsOf(town, officer.id);
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "officer.password-reset",
      subject: { kind: "officer", id: officer.id },
      facts: { secondStepRemoved, version },
    });
  });
}
