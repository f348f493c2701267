import { z } from "zod";
import { appendEvent, SYSTEM } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { keepPassword } from "./credential.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { hashPassword, temporaryPassword } from "./password.ts";
import { findAccount } from "./queries.ts";
import { endSessionsOf } from "./session.ts";
import { readSignInFigures } from "./sign-in-figures.ts";
import { forgetFailures } from "./sign-in-gate.ts";

export const ResetPassword = z.object({ officer: id });
export type ResetPassword = z.infer<typeof ResetPassword>;

/**
 * Gives an officer who lost the password or the phone a temporary password, returned to be shown once. The second step is taken
 * away with the old password, every session and every lock ends. `by` null: from the command line.
 */
export async function resetPassword(town: Town, by: Officer | null, at: Date, what: ResetPassword): Promise<string> {
  if (by !== null) refuse(whyNotDuty(by, "system_admin") ?? (by.id === what.officer ? "officer/self" : null));
  const officer = await findAccount(town, what.officer);
  if (officer === null) throw new Refusal("officer/unknown");
  const password = temporaryPassword((await readSignInFigures(town)).passwordLength);
  const hash = await hashPassword(password, by?.id ?? "");
  return transact(town, async (town) => {
    await keepPassword(town, what.officer, at, { hash, setBy: by?.id ?? null });
    await forgetFailures(town, officer);
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
