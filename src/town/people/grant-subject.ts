import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { findBound, whyNotGrantBinding } from "./bound-subject.ts";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const GrantSubject = z.object({ officer: id, ...drawnFrom });
export type GrantSubject = z.infer<typeof GrantSubject>;

/** From now on the identity that was asked for opens the account. Refusals: officer/not-allowed, officer/self, subject/none-asked. */
export async function grantSubject(town: Town, by: Officer, at: Date, what: GrantSubject): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "security_admin"));
    const officer = await lockAccount(town, what);
    const bound = await findBound(town, officer.id);
    refuse(whyNotGrantBinding(by, officer, bound));
    if (bound === null) throw new Refusal("subject/none-asked");
    await town.db
      .updateTable("people.bound_subject")
      .set({ granted_at: at, granted_by: by.id })
      .where("town", "=", town.id)
      .where("id", "=", bound.id)
      .execute();
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, asActor(by), at, {
      verb: "officer.subject-bound",
      subject: { kind: "officer", id: officer.id },
      facts: { version },
    });
  });
}
