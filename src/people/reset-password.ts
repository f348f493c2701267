import { z } from "zod";
import { appendEvent, SYSTEM } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { keepPassword } from "./credential.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { temporaryPassword } from "./password.ts";
import { findAccount } from "./queries.ts";
import { endSessionsOf } from "./session.ts";
import { readSignInFigures } from "./sign-in-figures.ts";

export const ResetPassword = z.object({ officer: id });
export type ResetPassword = z.infer<typeof ResetPassword>;

/**
 * Gives an officer who lost the password or the phone a temporary password, returned to be shown once. The second step is taken
 * away with the old password, and every session ends. `by` null: from the command line.
 */
export async function resetPassword(town: Town, by: Officer | null, at: Date, what: ResetPassword): Promise<string> {
  return transact(town, async (town) => {
    if (by !== null) refuse(whyNotDuty(by, "system_admin") ?? (by.id === what.officer ? "officer/self" : null));
    if ((await findAccount(town, what.officer)) === null) throw new Refusal("officer/unknown");
    const password = temporaryPassword((await readSignInFigures(town)).passwordLength);
    await keepPassword(town, what.officer, at, password, by?.id ?? null);
    const { numDeletedRows } = await town.db
      .deleteFrom("people.totp")
      .where("town", "=", town.id)
      .where("officer", "=", what.officer)
      .executeTakeFirst();
    await endSessionsOf(town, what.officer);
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "officer.password-reset",
      subject: { kind: "officer", id: what.officer },
      facts: { secondStepRemoved: numDeletedRows > 0n },
    });
    return password;
  });
}
