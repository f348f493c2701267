import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { askOn } from "#vault/holdings";

const AT_ONCE = 5_000;

/**
 * Where a category keeps identities for fewer days than when their days were counted, all of its days are asked anew, and those of reports
 * that are of none yet; of a new category these alone. More days need
 * nothing, because a day that comes too early is moved on. What was counted is noted last: a crash before it does the work again.
 */
export async function askAnew(town: Town, at: Date): Promise<void> {
  const categories = await town.db
    .selectFrom("limits.category as c")
    .leftJoin("intake.retention as k", (join) => join.onRef("k.town", "=", "c.town").onRef("k.category", "=", "c.id"))
    .select(["c.id", "c.retention_days as days", "k.days as counted"])
    .where("c.town", "=", town.id)
    .where((eb) => eb(eb.ref("k.days"), "is distinct from", eb.ref("c.retention_days")))
    .execute();
  for (const { id, days, counted } of categories) {
    if (counted === null || days < counted) await askAllOf(town, id, dayOf(at));
    await town.db
      .insertInto("intake.retention")
      .values({ town: town.id, category: id, days })
      .onConflict((conflict) => conflict.columns(["town", "category"]).doUpdateSet({ days }))
      .execute();
  }
}

async function askAllOf(town: Town, category: string, today: string): Promise<void> {
  let last: string | null = null;
  for (;;) {
    const reports: readonly { readonly id: string }[] = await town.db
      .selectFrom("intake.report")
      .select("id")
      .where("town", "=", town.id)
      .where((eb) => eb.or([eb("category", "=", category), eb("category", "is", null)]))
      .$if(last !== null, (rows) => rows.where("id", ">", last))
      .orderBy("id")
      .limit(AT_ONCE)
      .execute();
    await askOn(
      town,
      reports.map(({ id }) => ({ report: id, askOn: today })),
    );
    last = reports.at(-1)?.id ?? null;
    if (reports.length < AT_ONCE) return;
  }
}
