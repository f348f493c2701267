import { z } from "zod";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { Account } from "./account.ts";
import { confirmPassword } from "./confirm-password.ts";
import { appendEvent } from "./events.ts";
import { makeRecoveryCode, RECOVERY_CODES, replaceRecoveryCodes } from "./recovery-code.ts";
import { lockSecret } from "./totp.ts";

export const MakeRecoveryCodes = z.object({
  present: z.string({ error: "text/missing" }).min(1, { error: "text/missing" }).max(200, { error: "text/too-long" }),
});
export type MakeRecoveryCodes = z.infer<typeof MakeRecoveryCodes>;

/** The codes stand in this answer and nowhere else. A wrong password is a value, not a refusal: it must be counted. */
export type CodesMade =
  | { readonly ended: "made"; readonly codes: readonly string[] }
  | { readonly ended: "wrong" }
  | { readonly ended: "locked"; readonly until: Date };

/**
 * Ten codes, each good once in the place of one of the officer's app; those made before are good no more. The password is asked for, so
 * that an open screen is not enough. Refusals: second-step/off.
 */
export async function makeRecoveryCodes(town: Town, by: Account, at: Date, what: MakeRecoveryCodes): Promise<CodesMade> {
  const confirmed = await confirmPassword(town, by, at, what.present);
  if (confirmed.ended !== "right") return confirmed;
  return transact(town, async (town) => {
    const shared = await lockSecret(town, by.id);
    if (shared === null || shared.setAt === null) throw new Refusal("second-step/off");
    const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode);
    await replaceRecoveryCodes(town, by.id, at, codes);
    await appendEvent(town, by, at, { verb: "officer.recovery-codes-made", subject: by });
    return { ended: "made", codes };
  });
}
