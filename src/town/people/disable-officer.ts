import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDisable, type Officer } from "./officer.ts";
import { listOfficers } from "./queries.ts";
import { endSessionsOf } from "./session.ts";

export const DisableOfficer = z.object({ officer: id, ...drawnFrom });
export type DisableOfficer = z.infer<typeof DisableOfficer>;

/** Closes an account and ends its sessions at once; what the officer did stays under their name. `by` null: from the command line. */
export async function disableOfficer(town: Town, by: Officer | null, at: Date, what: DisableOfficer): Promise<void> {
  await transact(town, async (town) => {
    const officer = await lockAccount(town, what);
    if (officer.disabledAt !== null) throw new Refusal("officer/disabled");
    const everybody = (await listOfficers(town)).filter(({ disabledAt }) => disabledAt === null);
    refuse(whyNotDisable(by, officer, everybody));
    const version = await changeAccount(town, officer, { disabled_at: at, disabled_by: by?.id ?? null });
    await endSessionsOf(town, officer);
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "officer.disabled",
      subject: { kind: "officer", id: what.officer },
      facts: { version },
    });
  });
}
