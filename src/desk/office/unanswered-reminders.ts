import { sql } from "kysely";
import type { Town } from "#platform/town";

export type Unanswered = { readonly problem: string; readonly note: string; readonly sentAt: Date; readonly sentBy: string };

/** Of these problems the last time each was urged, where no progress was recorded since. */
export async function listUnanswered(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, Unanswered>> {
  if (problems.length === 0) return new Map();
  const { rows } = await sql<Unanswered>`
    select r.problem, r.note, r.sent_at as "sentAt", r.sent_by as "sentBy"
    from unnest(${problems}::uuid[]) p (id) cross join lateral (
      select r.* from ledger.reminder r where r.town = ${town.id} and r.problem = p.id order by r.id desc limit 1
    ) r where not exists (
      select from ledger.progress g where g.town = ${town.id} and g.problem = r.problem and g.recorded_at >= r.sent_at)`.execute(town.db);
  return new Map(rows.map((row) => [row.problem, row]));
}
