import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { securityLogBegins } from "#limits/queries";

const MOST_AT_ONCE = 500;

/** Where answers came from is forgotten with the town's security logs. */
export async function forgetOrigins(town: Town, at: Date): Promise<void> {
  const begins = await securityLogBegins(town, dayOf(at));
  await untilNoneIsLeft(MOST_AT_ONCE, async () => {
    const { numUpdatedRows } = await town.db
      .updateTable("verification.answer")
      .set({ device: null, address: null })
      .where("town", "=", town.id)
      .where("question", "in", (eb) =>
        eb
          .selectFrom("verification.answer")
          .select("question")
          .where("town", "=", town.id)
          .where("answered_at", "<", begins)
          .where((or) => or.or([or("device", "is not", null), or("address", "is not", null)]))
          .limit(MOST_AT_ONCE)
          .forUpdate()
          .skipLocked(),
      )
      .executeTakeFirstOrThrow();
    return numUpdatedRows;
  });
}
