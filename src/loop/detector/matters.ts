import { sql } from "kysely";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";

/** A step towards a closing, looked at once: declared rectified, checked and passed, or closed. */
export type Matter = {
  readonly act: "declared" | "checked" | "closed";
  /** The id of the declaration, the check or the closing. */
  readonly subject: string;
  readonly problem: string;
  readonly number: string;
  readonly unit: string | null;
  readonly by: string;
  readonly at: Date;
  readonly text: string;
  /** Of a check. */
  readonly manner: "on_site" | "on_paper" | null;
  readonly dueOn: Day | null;
};

const MOST_AT_ONCE = 200;

/** Those nobody has looked at yet, the oldest first, without those set aside. */
export async function newMatters(town: Town, setAside: readonly string[]): Promise<readonly Matter[]> {
  const { rows } = await sql<Matter>`
    select m.act, m.subject, m.problem, p.number, p.unit, m.by, m.at, m.text, m.manner, p.due_on as "dueOn"
    from (
      select 'declared' as act, r.id as subject, r.problem, r.declared_by as by, r.declared_at as at, r.done as text, null as manner
      from ledger.rectification r where r.town = ${town.id}
      union all
      select 'checked', c.id, c.problem, c.checked_by, c.checked_at, '', c.manner from verification."check" c
        where c.town = ${town.id} and c.outcome = 'passed'
      union all
      select 'closed', c.id, c.problem, c.closed_by, c.closed_at, c.statement, null from verification.closing c where c.town = ${town.id}
    ) m join ledger.problem p on p.town = ${town.id} and p.id = m.problem
    where not exists (select from detector.examined e where e.town = ${town.id} and e.subject = m.subject)
      and m.subject <> all (${[...setAside]}::uuid[])
    order by m.at, m.subject limit ${MOST_AT_ONCE}`.execute(town.db);
  return rows;
}
