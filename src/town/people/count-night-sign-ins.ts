import { sql } from "kysely";
import { lowestIdAt } from "#platform/ids";
import { DAY_MS } from "#platform/instant";
import type { Town } from "#platform/town";

const DAYS = 7;
/** Of the latest sign-ins of those days: three a day of a hundred officers. */
const MOST = 2000;

/** From here until six in the morning, China time, it is night. */
export const NIGHT = { fromHour: 22, toHour: 6 };

/** How often each officer signed in at night in the seven days before, most often first. */
export async function countNightSignIns(
  town: Town,
  at: Date,
): Promise<readonly { readonly officer: string; readonly times: number; readonly lastAt: Date }[]> {
  const since = lowestIdAt(new Date(at.getTime() - DAYS * DAY_MS));
  const { rows } = await sql<{ officer: string; times: number; lastAt: Date }>`
    select subject as officer, count(*)::int as times, max(at) as "lastAt" from (
      select e.subject, e.at from audit.event e
      where e.town = ${town.id} and e.verb = 'officer.signed-in' and e.id >= ${since} order by e.id desc limit ${MOST}
    ) s
    where extract(hour from s.at at time zone 'Asia/Shanghai') >= ${NIGHT.fromHour}
      or extract(hour from s.at at time zone 'Asia/Shanghai') < ${NIGHT.toHour}
    group by subject order by times desc, subject`.execute(town.db);
  return rows;
}
