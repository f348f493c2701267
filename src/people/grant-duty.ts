import { z } from "zod";
import { appendEvent, SYSTEM } from "#audit/append-event";
import { newId } from "#platform/ids";
import { choice, id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { lockTown } from "./lock-town.ts";
import { asActor, DUTIES, whyNotGrant, type Officer } from "./officer.ts";
import { findOfficer } from "./queries.ts";

export const GrantDuty = z.object({ officer: id, duty: choice(DUTIES) });
export type GrantDuty = z.infer<typeof GrantDuty>;

/** Gives an officer a duty. `by` null: at set-up. */
export async function grantDuty(town: Town, by: Officer | null, at: Date, what: GrantDuty): Promise<void> {
  await transact(town, async (town) => {
    await lockTown(town);
    const officer = await findOfficer(town, what.officer);
    if (officer === null) throw new Refusal("officer/unknown");
    refuse(whyNotGrant(by, officer, what.duty));
    await town.db
      .insertInto("people.duty")
      .values({ town: town.id, id: newId(at), officer: what.officer, duty: what.duty, granted_at: at, granted_by: by?.id ?? null })
      .execute();
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "duty.granted",
      subject: { kind: "officer", id: what.officer },
      facts: { duty: what.duty },
    });
  });
}
