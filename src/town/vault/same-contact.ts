import type { Town } from "#platform/town";

const MOST_FOUND = 20;

/**
 * The reports between two ids that left the same number as this one, newest first. Marks are compared and no field is opened: it says
 * that two came from one number, never whose.
 */
export async function reportsOfSameContact(town: Town, report: string, from: string, to: string): Promise<readonly string[]> {
  const rows = await town.db
    .selectFrom("vault.field as f")
    .innerJoin("vault.field as o", (join) => join.onRef("o.town", "=", "f.town").onRef("o.mark", "=", "f.mark"))
    .select("o.report")
    .where("f.town", "=", town.id)
    .where("f.report", "=", report)
    .where("f.mark", "is not", null)
    .where("o.report", "<>", report)
    .where("o.report", ">=", from)
    .where("o.report", "<", to)
    .orderBy("o.report", "desc")
    .limit(MOST_FOUND)
    .execute();
  return rows.map((row) => row.report);
}
