import { sql } from "kysely";
import { lockProblems } from "#ledger/standing";
import { batchAfterBatch, eachByItself } from "#platform/each-by-itself";
import { dayOf, type Day } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { countMoved } from "#verification/count-moved";
import { raiseFlags } from "#verification/raise-flags";

const MOST_AT_ONCE = 200;

type Awaited = { readonly skippedOn: Day; readonly lookBack: string };

/** Flags the look-backs that nobody did in time. Each is looked at once, on its day or later; returns how many are flagged. */
export async function flagSkippedLookBacks(town: Town, at: Date): Promise<number> {
  const due = batchAfterBatch<Awaited>(MOST_AT_ONCE, (after) => dueBy(town, dayOf(at), after));
  return eachByItself(due, "look at look-backs that may have been skipped", (one) => lookAt(town, at, one));
}

async function dueBy(town: Town, today: Day, after: Awaited | null): Promise<readonly Awaited[]> {
  const behind = after === null ? sql`true` : sql`(skipped_on, look_back) > (${after.skippedOn}::date, ${after.lookBack}::uuid)`;
  const { rows } = await sql<Awaited>`
    select skipped_on as "skippedOn", look_back as "lookBack" from detector.awaited
    where town = ${town.id} and skipped_on <= ${today}::date and ${behind} order by skipped_on, look_back limit ${MOST_AT_ONCE}`.execute(
    town.db,
  );
  return rows;
}

/** Says whether it was skipped; one that was done, or need not be, is awaited no more. */
async function lookAt(town: Town, at: Date, { skippedOn, lookBack }: Awaited): Promise<boolean> {
  return transact(town, async (town) => {
    await town.db
      .deleteFrom("detector.awaited")
      .where("town", "=", town.id)
      .where("skipped_on", "=", skippedOn)
      .where("look_back", "=", lookBack)
      .execute();
    const { problem } = (await findUndone(town, lookBack)) ?? {};
    if (problem === undefined) return false;
    await lockProblems(town, [problem]);
    const undone = await findUndone(town, lookBack); // somebody may just have been at it
    if (undone === undefined) return false;
    const about = { lookBack, dueOn: undone.dueOn };
    const moved = await raiseFlags(town, at, at, [{ kind: "look-back-skipped", problem, mark: lookBack, about }]);
    await countMoved(town, moved);
    return moved.length > 0;
  });
}

async function findUndone(town: Town, lookBack: string) {
  return town.db
    .selectFrom("verification.look_back")
    .select(["problem", "due_on as dueOn"])
    .where("town", "=", town.id)
    .where("id", "=", lookBack)
    .where("outcome", "is", null)
    .where("dropped_at", "is", null)
    .executeTakeFirst();
}
