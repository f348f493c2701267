import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { temporaryHalf } from "./password.ts";
import { readSignInFigures } from "./sign-in-figures.ts";
import { keepAsked, whyNotAsk } from "./temporary-password.ts";

export const AskTemporaryPassword = z.object({ officer: id, ...drawnFrom });
export type AskTemporaryPassword = z.infer<typeof AskTemporaryPassword>;

/**
 * Asks for a temporary password for somebody who lost theirs, or has none yet. Nothing changes until a security administrator grants it.
 * Returns its first half, to be shown once. Refusals: officer/not-allowed, officer/self, officer/disabled.
 */
export async function askTemporaryPassword(town: Town, by: Officer, at: Date, what: AskTemporaryPassword): Promise<string> {
  return transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin")); // the duty first: who may not, learns nothing of the account
    const officer = await lockAccount(town, what);
    refuse(whyNotAsk(by, officer));
    const half = temporaryHalf((await readSignInFigures(town)).passwordLength);
    await keepAsked(town, officer.id, at, { half, by: by.id });
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, asActor(by), at, {
      verb: "officer.password-asked",
      subject: { kind: "officer", id: officer.id },
      facts: { version },
    });
    return half;
  });
}
