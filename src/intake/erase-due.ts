import { sql } from "kysely";
import { SYSTEM } from "#audit/append-event";
import type { Town } from "#platform/town";
import { eraseIdentity } from "#vault/erase-identity";

const MOST_AT_ONCE = 500;

/**
 * Nightly: who sent a report is erased once nothing has happened in its matter for as long as its category keeps it: since the last
 * word of a report that opened nothing, since the last event of a problem that is closed or dismissed. One still worked on keeps all.
 * Returns how many were erased; what one night leaves, the next takes.
 */
export async function eraseDue(town: Town, at: Date): Promise<number> {
  const { rows } = await sql<{ report: string }>`
    select r.id as report
    from (select distinct f.report from vault.field f where f.town = ${town.id}) held
    join intake.report r on r.town = ${town.id} and r.id = held.report
    join rules.category c on c.town = r.town and c.id = r.category
    left join ledger.problem p on p.town = r.town and p.id = r.problem
    cross join lateral (
      select max(w.said_at) as at from intake.word w where w.town = r.town and w.report = r.id
    ) said
    cross join lateral (
      select max(e.at) as at from audit.event e where e.town = p.town and e.subject = p.id
    ) happened
    where r.status <> 'received'
      and (p.id is null or p.status in ('closed', 'dismissed') or r.status = 'withdrawn')
      and greatest(r.received_at, said.at, happened.at) < ${at}::timestamptz - make_interval(days => c.retention_days)
    limit ${MOST_AT_ONCE}`.execute(town.db);
  let erased = 0;
  for (const { report } of rows) if (await eraseIdentity(town, SYSTEM, at, { report, because: "retention" })) erased += 1;
  return erased;
}
