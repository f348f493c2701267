import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { findBound } from "./bound-subject.ts";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const FreeSubject = z.object({ officer: id, ...drawnFrom });
export type FreeSubject = z.infer<typeof FreeSubject>;

/**
 * The identity opens the account no more, or the wish that it should is refused; sessions that it began end. Either administrator may:
 * it opens nothing. Refusals: officer/not-allowed, subject/none-asked.
 */
export async function freeSubject(town: Town, by: Officer, at: Date, what: FreeSubject): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin", "security_admin"));
    const officer = await lockAccount(town, what);
    const bound = await findBound(town, officer.id);
    if (bound === null) throw new Refusal("subject/none-asked");
    await town.db
      .updateTable("people.bound_subject")
      .set({ ended_at: at, ended_by: by.id })
      .where("town", "=", town.id)
      .where("id", "=", bound.id)
      .execute();
    await town.db.deleteFrom("people.session").where("town", "=", town.id).where("bound_subject", "=", bound.id).execute();
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, asActor(by), at, {
      verb: "officer.subject-freed",
      subject: { kind: "officer", id: officer.id },
      facts: { version },
    });
  });
}
