import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { replacePassword } from "./replace-password.ts";
import { endAsked, findAsked, whyNotDecide } from "./temporary-password.ts";

export const GrantTemporaryPassword = z.object({ officer: id, ...drawnFrom });
export type GrantTemporaryPassword = z.infer<typeof GrantTemporaryPassword>;

/**
 * Grants the temporary password that was `asked` for: from now on both halves together, whose `hash` this is, open the account and must be
 * changed first. The old password, the second step, every session and every lock end.
 * Refusals: officer/not-allowed, officer/self, temporary-password/none-asked.
 */
export async function grantTemporaryPassword(
  town: Town,
  by: Officer,
  at: Date,
  what: GrantTemporaryPassword & { readonly asked: string; readonly hash: string },
): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "security_admin"));
    const officer = await lockAccount(town, what);
    const asked = await findAsked(town, officer.id, at);
    refuse(whyNotDecide(by, officer, asked));
    if (asked?.id !== what.asked) throw new Refusal("temporary-password/none-asked"); // asked for anew: this half fits no more
    await endAsked(town, officer.id, at, { by: by.id, outcome: "granted" });
    const secondStepRemoved = await replacePassword(town, officer, at, { hash: what.hash, setBy: by.id });
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, asActor(by), at, {
      verb: "officer.password-reset",
      subject: { kind: "officer", id: officer.id },
      facts: { secondStepRemoved, version },
    });
  });
}
