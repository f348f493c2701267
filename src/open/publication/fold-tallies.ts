import { sql } from "kysely";
import type { Day } from "#platform/instant";
import { transact, type Town } from "#platform/town";

/**
 * Folds the rows of the tally into one for each measure, campaign, unit and day to come; sums do not change.
 * Days that have passed count for ever and become one. Rows added meanwhile are left for the next folding:
 * a crash rolls back, and two foldings at once wait for each other only on the rows both want.
 */
export async function foldTallies(town: Town, today: Day): Promise<void> {
  await transact(town, async (town) => {
    await sql`
      with folded as (
        delete from publication.tally where town = ${town.id}
        returning measure, campaign, unit, case when day < ${today}::date then date '-infinity' else day end as day, amount
      )
      insert into publication.tally (town, measure, campaign, unit, day, amount)
      select ${town.id}, measure, campaign, unit, day, sum(amount) from folded group by measure, campaign, unit, day
        having sum(amount) <> 0`.execute(town.db);
  });
}

/**
 * Counts everything again from what happened: after a load that went around the triggers, or when a figure is doubted.
 * One snapshot for both halves: what commits meanwhile keeps the row it adds and is counted once.
 */
export async function countAgain(town: Town): Promise<void> {
  await transact(town, async ({ db }) => {
    await sql`set transaction isolation level repeatable read`.execute(db);
    await sql`set local statement_timeout = 0`.execute(db); // 25 s at a million problems
    await sql`select publication.count_again(${town.id})`.execute(db);
  });
}
