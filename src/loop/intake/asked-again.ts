import { sql } from "kysely";
import { firstIdAt } from "#audit/queries";
import { addDays, startOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";

/** The same kind of matter from the same place: so many reports in two weeks, so many in the two before. */
export type AskedAgain = { readonly category: string; readonly village: string | null; readonly count: number; readonly before: number };

/** Fewer are no sign of anything. */
const AT_LEAST = 3;
const MOST_SHOWN = 5;
/** The newest of four weeks that are looked at: more than a clerk can read, and all that a count of this kind needs. */
const MOST_LOOKED_AT = 1000;
const DAYS = 14;

/** What came again and again in the two weeks before a day, what came most often first; reports that were withdrawn are not counted. */
export async function listAskedAgain(town: Town, before: Day): Promise<readonly AskedAgain[]> {
  const since = (days: number) => firstIdAt(startOf(addDays(before, -days)));
  const { rows } = await sql<AskedAgain>`
    select category, village, count(*) filter (where id >= ${since(DAYS)})::int as count,
      count(*) filter (where id < ${since(DAYS)})::int as before
    from (
      select r.id, r.category, r.village from intake.report r
      where r.town = ${town.id} and r.id >= ${since(2 * DAYS)} and r.id < ${since(0)} and r.status <> 'withdrawn'
      order by r.id desc limit ${MOST_LOOKED_AT}
    ) r group by category, village having count(*) filter (where id >= ${since(DAYS)}) >= ${AT_LEAST}
    order by count desc, category, village limit ${MOST_SHOWN}`.execute(town.db);
  return rows;
}

export type AskedReport = { readonly id: string; readonly title: string; readonly receivedAt: Date; readonly channel: string };

/** The reports that one of them counts, the newest first. */
export async function listAskedOf(
  town: Town,
  before: Day,
  { category, village }: Pick<AskedAgain, "category" | "village">,
): Promise<readonly AskedReport[]> {
  const since = (days: number) => firstIdAt(startOf(addDays(before, -days)));
  const { rows } = await sql<AskedReport>`
    select id, title, received_at as "receivedAt", channel
    from (
      select r.id, r.title, r.received_at, r.channel, r.category, r.village from intake.report r
      where r.town = ${town.id} and r.id >= ${since(DAYS)} and r.id < ${since(0)} and r.status <> 'withdrawn'
      order by r.id desc limit ${MOST_LOOKED_AT}
    ) r where category = ${category} and village is not distinct from ${village}::uuid order by id desc`.execute(town.db);
  return rows;
}
