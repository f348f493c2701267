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
