import { sql } from "kysely";
import type { Status } from "#ledger/problem";
import type { Town } from "#platform/town";
import type { Total } from "./count-listed.ts";
import type { Circle } from "./figures.ts";

/** At most so many are looked at. */
const MOST_LOOKED_AT = 1000;

/** How many problems of a circle stand so that a number does not count them. */
export async function countLeftOut(town: Town, { unit, campaign }: Circle, status: Status): Promise<Total> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::int as count from (
      select p.town from ledger.problem p
      where p.town = ${town.id} and p.status = ${status} and ${unit === null ? sql`true` : sql`p.unit = ${unit}`}
        and ${campaign === null ? sql`true` : sql`p.campaign = ${campaign}`}
      limit ${MOST_LOOKED_AT + 1}
    ) p`.execute(town.db);
  const count = rows[0]?.count ?? 0;
  return { count: Math.min(count, MOST_LOOKED_AT), isExact: count <= MOST_LOOKED_AT };
}
