import { sql, type RawBuilder } from "kysely";
import type { Officer } from "#people/officer";
import type { RefusalCode } from "#refusals";
import type { Standing } from "./standing.ts";

/** How somebody is involved in a problem, now or ever: they answer for it, worked on it, or are or were of a unit that answered. */
export type Involvement = "leads" | "worked" | "unit";

type Involving = Pick<Standing, "problem" | "everLeaders" | "workers" | "unitsEver" | "formerMembers">;

/**
 * The one question of independence (rules-of-the-ledger §3): whoever is involved never learns who reported the problem, and never
 * checks, weighs, decides, clears, covers or closes anything about it. Null when not at all.
 */
export function involvementOf({ problem, everLeaders, workers, unitsEver, formerMembers }: Involving, by: Officer): Involvement | null {
  if (problem.leaders.includes(by.id) || everLeaders.includes(by.id)) return "leads";
  if (workers.includes(by.id)) return "worked";
  return unitsEver.includes(by.unit) || formerMembers.includes(by.id) ? "unit" : null;
}

export function isInvolved(standing: Involving, by: Officer): boolean {
  return involvementOf(standing, by) !== null;
}

/** Nobody involved decides: `officer/answerable` for a leader of today, `officer/involved` for everybody else. */
export function whyNotUninvolved(standing: Involving, by: Officer): RefusalCode | null {
  if (standing.problem.leaders.includes(by.id)) return "officer/answerable";
  return isInvolved(standing, by) ? "officer/involved" : null;
}

/**
 * `isInvolved` as a condition on the row `p` of a problem; a test keeps the two in step. Asked row by row (`offset 0`): left to itself,
 * PostgreSQL reads all progress, evidence and rectifications of a town once, for a list that ends after a hundred rows.
 */
export function involvedIn(town: string, by: Officer): RawBuilder<boolean> {
  const me = sql`${by.id}::uuid`;
  const above = unitsAbove(town, sql`${by.unit}::uuid`);
  return sql<boolean>`(p.leaders @> array[${me}] or coalesce(p.unit = any (${above}), false)
    or exists (select from ledger.assignment a where a.town = p.town and a.problem = p.id and (a.leaders @> array[${me}]
      or a.unit = any (${above})) offset 0)
    or exists (select from ledger.progress g where g.town = p.town and g.problem = p.id and g.recorded_by = ${me} offset 0)
    or exists (select from evidence.use e where e.town = p.town and e.subject = p.id and e.purpose <> 'before'
      and e.actor = ${me} offset 0)
    or exists (select from ledger.rectification r where r.town = p.town and r.problem = p.id and r.declared_by = ${me} offset 0)
    or ${formerlyInvolved(town, by, sql`p.id`)})`;
}

/** Whether the officer left a unit that answered for the problem at the time, or stands below one that did. */
export function formerlyInvolved(town: string, by: Officer, problem: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from people.former_unit f join ledger.assignment a on a.town = f.town and a.problem = ${problem} and a.assigned_at < f.left_at
    where f.town = ${town} and f.officer = ${by.id}::uuid and a.unit = any (${unitsAbove(town, sql`f.unit`)}) offset 0)`;
}

/** A unit and every unit above it: whoever works in it works for each of them. */
export function unitsAbove(town: string, unit: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`array(with recursive above as (
    select id, parent from people.unit where town = ${town} and id = ${unit}
    union select u.id, u.parent from people.unit u join above on above.parent = u.id where u.town = ${town}
  ) select id from above)`;
}
