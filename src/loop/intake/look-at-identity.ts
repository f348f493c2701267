import { isInvolved } from "#ledger/involvement";
import { readStandings } from "#ledger/standing";
import { whyNotDuty, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse, type RefusalCode } from "#refusals";
import type { Identity } from "#vault/identity";
import { openIdentity } from "#vault/open-identity";
import { hasIdentity } from "#vault/queries";
import { recordLook, type Look } from "#vault/record-look";

/**
 * Opens the vault for one report, for ten minutes. The look, with its reason, is recorded before anything is shown; it is an event too.
 * Refusals: officer/not-allowed, officer/involved, report/unknown, identity/none.
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

/**
 * Why this officer may not learn who sent this report: only the intake desk registers and calls back, and nobody there who is involved
 * in its problem, or in one that it was taken out of: leaving opens it to nobody. Refusals: officer/not-allowed, officer/involved,
 * report/unknown.
 */
export async function whyNotLookAt(town: Town, by: Officer, report: string): Promise<RefusalCode | null> {
  const no = whyNotDuty(by, "clerk", "office"); // the duty first: who may not, learns nothing of the report
  if (no !== null) return no;
  const row = await town.db
    .selectFrom("intake.report")
    .select("problem")
    .where("town", "=", town.id)
    .where("id", "=", report)
    .executeTakeFirst();
  if (row === undefined) return "report/unknown";
  const left = await town.db
    .selectFrom("ledger.joined_report")
    .select("problem")
    .where("town", "=", town.id)
    .where("report", "=", report)
    .where("separated_at", "is not", null)
    .execute();
  const problems = [...(row.problem === null ? [] : [row.problem]), ...left.map(({ problem }) => problem)];
  const standings = await readStandings(town, problems);
  return [...standings.values()].some((standing) => isInvolved(standing, by)) ? "officer/involved" : null;
}
