import { z } from "zod";
import { transact, type Town } from "#platform/town";
import type { Account } from "./account.ts";
import { confirmPassword } from "./confirm-password.ts";
import { appendEvent } from "./events.ts";
import { endSecret } from "./totp.ts";

export const RemoveTotp = z.object({
  present: z.string({ error: "text/missing" }).min(1, { error: "text/missing" }).max(200, { error: "text/too-long" }),
});
export type RemoveTotp = z.infer<typeof RemoveTotp>;

/** A wrong password is a value, not a refusal: it must be counted. */
export type TotpRemoved = { readonly ended: "removed" } | { readonly ended: "wrong" } | { readonly ended: "locked"; readonly until: Date };

/** Turns the second step off; the password is asked for, so that an open screen is not enough. */
export async function removeTotp(town: Town, by: Account, at: Date, what: RemoveTotp): Promise<TotpRemoved> {
  const confirmed = await confirmPassword(town, by, at, what.present);
  if (confirmed.ended !== "right") return confirmed;
  return transact(town, async (town) => {
    if (await endSecret(town, by.id)) await appendEvent(town, by, at, { verb: "officer.totp-removed", subject: by });
    return { ended: "removed" };
  });
}
