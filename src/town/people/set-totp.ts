import { z } from "zod";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { matchingStep } from "#standards/totp/totp";
import type { Account } from "./account.ts";
import { appCode } from "./enter-code.ts";
import { appendEvent } from "./events.ts";
import { lockSecret } from "./totp.ts";

export const SetTotp = z.object({ code: appCode });
export type SetTotp = z.infer<typeof SetTotp>;

/** Turns the second step on, once a code shows that the officer's app has the secret. */
export async function setTotp(town: Town, by: Account, at: Date, what: SetTotp): Promise<void> {
  await transact(town, async (town) => {
    const shared = await lockSecret(town, by.id);
    const step = shared === null ? null : matchingStep(shared.secret, what.code, at, shared.lastStep);
    if (step === null) throw new Refusal("sign-in/code-wrong");
    await town.db
      .updateTable("people.totp")
      .set({ set_at: at, last_step: step })
      .where("town", "=", town.id)
      .where("account", "=", by.id)
      .execute();
    await appendEvent(town, by, at, { verb: "officer.totp-set", subject: by });
  });
}
