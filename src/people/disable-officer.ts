import { z } from "zod";
import { appendEvent, SYSTEM } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDisable, type Officer } from "./officer.ts";
import { findAccount, listOfficers } from "./queries.ts";
import { endSessionsOf } from "./session.ts";

export const DisableOfficer = z.object({ officer: id });
export type DisableOfficer = z.infer<typeof DisableOfficer>;

/** Closes an account and ends its sessions at once; what the officer did stays under their name. `by` null: from the command line. */
export async function disableOfficer(town: Town, by: Officer | null, at: Date, what: DisableOfficer): Promise<void> {
  await transact(town, async (town) => {
    await lockTown(town);
    const officer = await findAccount(town, what.officer);
    if (officer === null) throw new Refusal("officer/unknown");
    if (officer.disabledAt !== null) throw new Refusal("officer/disabled");
    const everybody = (await listOfficers(town)).filter(({ disabledAt }) => disabledAt === null);
    refuse(whyNotDisable(by, officer, everybody));
    await town.db
      .updateTable("people.officer")
      .set({ disabled_at: at, disabled_by: by?.id ?? null })
      .where("town", "=", town.id)
      .where("id", "=", what.officer)
      .execute();
    await endSessionsOf(town, what.officer);
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "officer.disabled",
      subject: { kind: "officer", id: what.officer },
    });
  });
}
