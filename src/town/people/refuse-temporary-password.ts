import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { endAsked, findAsked, whyNotDecide } from "./temporary-password.ts";

export const RefuseTemporaryPassword = z.object({ officer: id, ...drawnFrom });
export type RefuseTemporaryPassword = z.infer<typeof RefuseTemporaryPassword>;

/** Says no to a temporary password that was asked for: the account stays as it is. */
export async function refuseTemporaryPassword(town: Town, by: Officer, at: Date, what: RefuseTemporaryPassword): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "security_admin"));
    const officer = await lockAccount(town, what);
    refuse(whyNotDecide(by, officer, await findAsked(town, officer.id, at)));
    await endAsked(town, officer.id, at, { by: by.id, outcome: "refused" });
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, asActor(by), at, {
      verb: "officer.password-refused",
      subject: { kind: "officer", id: officer.id },
      facts: { version },
    });
  });
}
