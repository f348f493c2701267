import { z } from "zod";
import { choice, id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, DUTIES, whyNotRevoke, type Officer } from "./officer.ts";
import { listOfficers } from "./queries.ts";

export const RevokeDuty = z.object({ officer: id, ...drawnFrom, duty: choice(DUTIES) });
export type RevokeDuty = z.infer<typeof RevokeDuty>;

/** Takes a duty back; from the next request on the officer's pages are those of the duties left. */
export async function revokeDuty(town: Town, by: Officer, at: Date, what: RevokeDuty): Promise<void> {
  await transact(town, async (town) => {
    const officer = await lockAccount(town, what);
    const everybody = (await listOfficers(town)).filter(({ disabledAt }) => disabledAt === null);
    refuse(whyNotRevoke(by, officer, what.duty, everybody));
    await town.db
      .updateTable("people.duty")
      .set({ revoked_at: at, revoked_by: by.id })
      .where("town", "=", town.id)
      .where("officer", "=", what.officer)
      .where("duty", "=", what.duty)
      .where("revoked_at", "is", null)
      .execute();
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, asActor(by), at, {
      verb: "duty.revoked",
      subject: { kind: "officer", id: what.officer },
      facts: { duty: what.duty, version },
    });
  });
}
