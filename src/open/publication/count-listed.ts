import { sql, type RawBuilder } from "kysely";
import { dayOf } from "#platform/instant";
import { conditions, isOfWork } from "./filter-conditions.ts";
import type { ProblemFilter } from "./problem-filter.ts";
import type { Asked, ProblemPage } from "./problem-list.ts";
import { IN_HAND } from "./problem-order.ts";

/** How many entries a list has: exactly, or at least so many where they were not counted to the end. */
export type Total = { readonly count: number; readonly isExact: boolean };

/** At most so many entries are looked at to be counted: a list costs the same in a town of a million entries. */
const MOST_LOOKED_AT = 1000;

/**
 * How many entries the list has of which this is a page: those of the only page as they stand there, the whole ledger by its numbers, of
 * which none is left out, a filter among the newest thousand that one part of it holds. What is searched for beyond one page is not
 * counted: null.
 */
export async function countListed({ town, at }: Asked, filter: ProblemFilter, page: ProblemPage): Promise<Total | null> {
  if (filter.before === null && page.next === null) return { count: page.problems.length, isExact: true };
  if (filter.q !== "") return null;
  const asked = conditions(town, filter, dayOf(at));
  if (asked.length === 1) return { count: page.numbered, isExact: true };
  const { rows } = await sql<{ readonly count: number; readonly looked: number }>`
    select count(*) filter (where ${sql.join(asked, sql` and `)})::int as count, count(*)::int as looked from (
      select p.town, p.status, p.theme, p.unit, p.village, p.campaign, p.category, p.due_on, p.amber_on, p.rectified_on
      from ledger.problem p where p.town = ${town.id} and ${partOf(filter)} order by p.ordinal desc limit ${MOST_LOOKED_AT + 1}
    ) p`.execute(town.db);
  const { count = 0, looked = 0 } = rows[0] ?? {};
  if (looked <= MOST_LOOKED_AT) return { count, isExact: true };
  const shown = page.problems.length + (page.next === null ? 0 : 1);
  return { count: Math.max(Math.min(count, MOST_LOOKED_AT), shown), isExact: false };
}

/** The one part of a filter that an index in the ledger's order knows; of several, the one that leaves the fewest entries. */
function partOf({ unit, village, category, campaign, theme, status, light }: ProblemFilter): RawBuilder<unknown> {
  if (unit !== null) return sql`p.unit = ${unit}`;
  if (village !== null) return sql`p.village = ${village}`;
  if (theme !== null) return sql`p.theme = ${theme}`;
  if (category !== null) return sql`p.category = ${category}`;
  if (isOfWork(light)) return IN_HAND;
  if (status !== null) return sql`p.status = ${status}`;
  return campaign === null ? sql`true` : sql`p.campaign = ${campaign}`;
}
