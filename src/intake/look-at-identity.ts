import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { unsealIdentity, type Identity } from "./identity.ts";
import { whyNotLookAtIdentity } from "./report.ts";

export const LookAtIdentity = z.object({ report: id, reason: paragraph(500) });
export type LookAtIdentity = z.infer<typeof LookAtIdentity>;

/**
 * Opens the vault for one report. The look, with its reason, is recorded before anything is shown; it is an event too.
 * Refusals: officer/not-allowed, officer/answerable, officer/wrong-unit, report/unknown, identity/none.
 */
export async function lookAtIdentity(town: Town, by: Officer, at: Date, what: LookAtIdentity): Promise<Identity> {
  return transact(town, async (town) => {
    refuse(whyNotLookAtIdentity(by, null));
    const row = await town.db
      .selectFrom("intake.report as r")
      .leftJoin("intake.identity as i", (join) => join.onRef("i.town", "=", "r.town").onRef("i.report", "=", "r.id"))
      .leftJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "r.town").onRef("p.id", "=", "r.problem"))
      .select(["i.sealed", "p.leaders", "p.unit"])
      .where("r.town", "=", town.id)
      .where("r.id", "=", what.report)
      .executeTakeFirst();
    if (row === undefined) throw new Refusal("report/unknown");
    refuse(whyNotLookAtIdentity(by, row.leaders === null ? null : { leaders: row.leaders, unit: row.unit }));
    if (row.sealed === null) throw new Refusal("identity/none");
    await town.db
      .insertInto("intake.identity_look")
      .values({ town: town.id, id: newId(at), report: what.report, looked_by: by.id, looked_at: at, reason: what.reason })
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "identity.looked-at",
      subject: { kind: "report", id: what.report },
      words: { reason: what.reason },
    });
    return unsealIdentity(town, what.report, row.sealed);
  });
}
