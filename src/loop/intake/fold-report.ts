import type { Town } from "#platform/town";

/**
 * The report that claimed this mark first: another sending of the same is led to it, and adds nothing, because it says nothing else.
 * Null when that one is gone (withdrawn, or its mark swept meanwhile): the mark is free again, to be claimed anew.
 */
export async function foldReport(town: Town, mark: Buffer): Promise<string | null> {
  const first = await town.db
    .selectFrom("intake.sending as s")
    .innerJoin("intake.report as r", (join) => join.onRef("r.town", "=", "s.town").onRef("r.id", "=", "s.report"))
    .select("r.id")
    .where("s.town", "=", town.id)
    .where("s.sameness", "=", mark)
    .where("r.status", "<>", "withdrawn")
    .executeTakeFirst();
  if (first === undefined) await town.db.deleteFrom("intake.sending").where("town", "=", town.id).where("sameness", "=", mark).execute();
  return first?.id ?? null;
}
