import type { Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse, type RefusalCode } from "#refusals";
import type { Identity } from "#vault/identity";
import { openIdentity } from "#vault/open-identity";
import { hasIdentity } from "#vault/queries";
import { recordLook, type Look } from "#vault/record-look";
import { whyNotLookAtIdentity } from "./report.ts";

/**
 * Opens the vault for one report, for ten minutes. The look, with its reason, is recorded before anything is shown; it is an event too.
 * Refusals: officer/not-allowed, officer/answerable, officer/wrong-unit, report/unknown, identity/none.
 */
export async function lookAtIdentity(town: Town, by: Officer, at: Date, what: Look): Promise<Identity> {
  return transact(town, async (town) => {
    refuse(await whyNotLookAt(town, by, what.report));
    if (!(await hasIdentity(town, what.report))) throw new Refusal("identity/none");
    await recordLook(town, by, at, { ...what, kind: "look" });
    const identity = await openIdentity(town, what.report);
    if (identity === null) throw new Refusal("identity/none"); // erased this very moment
    return identity;
  });
}

/** Why this officer may not learn who sent this report: officer/not-allowed, officer/answerable, officer/wrong-unit, report/unknown. */
export async function whyNotLookAt(town: Town, by: Officer, report: string): Promise<RefusalCode | null> {
  const no = whyNotLookAtIdentity(by, null); // the duty first: who may not, learns nothing of the report
  if (no !== null) return no;
  const row = await town.db
    .selectFrom("intake.report as r")
    .leftJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "r.town").onRef("p.id", "=", "r.problem"))
    .select(["p.leaders", "p.unit"])
    .where("r.town", "=", town.id)
    .where("r.id", "=", report)
    .executeTakeFirst();
  if (row === undefined) return "report/unknown";
  return whyNotLookAtIdentity(by, row.leaders === null ? null : { leaders: row.leaders, unit: row.unit });
}
