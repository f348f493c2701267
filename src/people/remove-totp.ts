import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { findCredential } from "./credential.ts";
import { asActor, type Officer } from "./officer.ts";
import { isPassword } from "./password.ts";
import { hasTotp } from "./totp.ts";

export const RemoveTotp = z.object({
  present: z.string({ error: "text/missing" }).min(1, { error: "text/missing" }).max(200, { error: "text/too-long" }),
});
export type RemoveTotp = z.infer<typeof RemoveTotp>;

/** Turns the second step off; the password is asked for, so that an open screen is not enough. */
export async function removeTotp(town: Town, by: Officer, at: Date, what: RemoveTotp): Promise<void> {
  await transact(town, async (town) => {
    const credential = await findCredential(town, by.id);
    if (credential === null || !(await isPassword(credential.hash, what.present))) throw new Refusal("password/wrong");
    const wasOn = await hasTotp(town, by.id);
    await town.db.deleteFrom("people.totp").where("town", "=", town.id).where("officer", "=", by.id).execute();
    if (wasOn) await appendEvent(town, asActor(by), at, { verb: "officer.totp-removed", subject: { kind: "officer", id: by.id } });
  });
}
