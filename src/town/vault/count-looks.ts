import { sql } from "kysely";
import { DAY_MS } from "#platform/instant";
import type { Town } from "#platform/town";

const MOST = 1000;

/**
 * How often each officer looked at or called a reporter in the seven days before, most often first; of a thousand looks at most. Looks at
 * who sent what lies sealed are not counted: they would tell that something does.
 */
export async function countLooks(town: Town, at: Date): Promise<readonly { readonly officer: string; readonly looks: number }[]> {
  const { rows } = await sql<{ officer: string; looks: number }>`
    select looked_by as officer, count(*)::int as looks from (
      select l.looked_by from vault.look l where l.town = ${town.id} and l.looked_at > ${new Date(at.getTime() - 7 * DAY_MS)}
        and not exists (select from audit.sealed_subject s where s.town = l.town and s.subject = l.report)
      order by l.looked_at desc limit ${MOST}
    ) l group by looked_by order by looks desc, looked_by`.execute(town.db);
  return rows;
}
