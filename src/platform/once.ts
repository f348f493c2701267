import { DAY_MS } from "./instant.ts";
import { transact, type Town } from "./town.ts";
import { untilNoneIsLeft } from "./until-none-is-left.ts";

/**
 * Does the work of a form once. `key` was made when the form was drawn; the first sending does the work and keeps
 * where it led, every later one is led there too. The key's row and the work commit together: a second sending that
 * arrives meanwhile waits on the row (PostgreSQL's unique index) and then reads the first one's outcome.
 */
export async function once(town: Town, purpose: string, at: Date, key: string, work: (town: Town) => Promise<string>): Promise<string> {
  return transact(town, async (town) => {
    const first = await town.db
      .insertInto("platform.form_key")
      .values({ town: town.id, key, purpose, used_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning("key")
      .executeTakeFirst();
    if (first === undefined)
      return earlierOutcome(town, purpose, key)
        .executeTakeFirstOrThrow()
        .then(({ outcome }) => outcome);
    const outcome = await work(town);
    await town.db
      .updateTable("platform.form_key")
      .set({ outcome })
      .where("town", "=", town.id)
      .where("purpose", "=", purpose)
      .where("key", "=", key)
      .execute();
    return outcome;
  });
}

/** Where the work of a form led that was done before; null when it was not. */
export async function outcomeOf(town: Town, purpose: string, key: string): Promise<string | null> {
  return (await earlierOutcome(town, purpose, key).executeTakeFirst())?.outcome ?? null;
}

function earlierOutcome(town: Town, purpose: string, key: string) {
  return town.db
    .selectFrom("platform.form_key")
    .select("outcome")
    .where("town", "=", town.id)
    .where("key", "=", key)
    .where("purpose", "=", purpose);
}

const KEPT_MS = 7 * DAY_MS;

const SWEPT_AT_ONCE = 5_000;

/** Keys of forms sent more than a week ago go, by their index: nobody sends those again. */
export async function sweepFormKeys(town: Town, at: Date): Promise<void> {
  const over = town.db
    .selectFrom("platform.form_key")
    .select(["purpose", "key"])
    .where("town", "=", town.id)
    .where("used_at", "<", new Date(at.getTime() - KEPT_MS))
    .orderBy("used_at")
    .limit(SWEPT_AT_ONCE)
    .forUpdate()
    .skipLocked();
  await untilNoneIsLeft(SWEPT_AT_ONCE, async () => {
    const { numDeletedRows } = await town.db
      .deleteFrom("platform.form_key")
      .where("town", "=", town.id)
      .where((eb) => eb(eb.refTuple("purpose", "key"), "in", over.$asTuple("purpose", "key")))
      .executeTakeFirst();
    return numDeletedRows;
  });
}
