import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { newId } from "#platform/ids";
import { choice, id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, DUTIES, whyNotGrant, type Officer } from "./officer.ts";

export const GrantDuty = z.object({ officer: id, ...drawnFrom, duty: choice(DUTIES) });
export type GrantDuty = z.infer<typeof GrantDuty>;

/** Gives an officer a duty. `by` null: at set-up. */
export async function grantDuty(town: Town, by: Officer | null, at: Date, what: GrantDuty): Promise<void> {
  await transact(town, async (town) => {
    const officer = await lockAccount(town, what);
    if (officer.disabledAt !== null) throw new Refusal("officer/unknown");
    refuse(whyNotGrant(by, officer, what.duty));
    await town.db
      .insertInto("people.duty")
      .values({ town: town.id, id: newId(at), officer: what.officer, duty: what.duty, granted_at: at, granted_by: by?.id ?? null })
      .execute();
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "duty.granted",
      subject: { kind: "officer", id: what.officer },
      facts: { duty: what.duty, version },
    });
  });
}
