import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const EnableOfficer = z.object({ officer: id, ...drawnFrom });
export type EnableOfficer = z.infer<typeof EnableOfficer>;

/** Opens a closed account again, with the duties and the password it had. */
export async function enableOfficer(town: Town, by: Officer, at: Date, what: EnableOfficer): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    const officer = await lockAccount(town, what);
    if (officer.disabledAt === null) throw new Refusal("officer/unknown");
    const version = await changeAccount(town, officer, { disabled_at: null, disabled_by: null });
    await appendEvent(town, asActor(by), at, {
      verb: "officer.enabled",
      subject: { kind: "officer", id: what.officer },
      facts: { version },
    });
  });
}
