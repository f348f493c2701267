import { sql, type RawBuilder } from "kysely";
import { dayOf } from "#platform/instant";
import { keptPlan } from "#platform/kept-plans";
import type { Town } from "#platform/town";
import { conditions, isOfWork } from "./filter-conditions.ts";
import { filterQuery, WHOLE_LEDGER, type ProblemFilter } from "./problem-filter.ts";
import { MOST_KEPT_CONDITIONS, type Asked, type ProblemPage } from "./problem-list.ts";
import { IN_HAND } from "./problem-order.ts";
import { momentOf, type Moment, type RememberedTotals } from "./remembered-totals.ts";

/** How many entries a list has: exactly, or at least so many where they were not counted to the end. */
export type Total = { readonly count: number; readonly isExact: boolean };

/** Where and when lists are counted, and what is remembered of it. */
export type Counting = Pick<Asked, "town" | "at"> & {
  /** How many entries this town's lists had when they were last counted. */
  readonly totals: RememberedTotals;
};

/** At most so many entries are looked at to be counted: a list costs the same in a town of a million entries. */
const MOST_LOOKED_AT = 1000;
/** Written out, as a kept plan has to know it. */
const ONE_MORE = sql`1001`;

/**
 * How many entries the list has of which this is a page: those of the only page as they stand there, the whole ledger by its numbers, of
 * which none is left out, a filter among the newest thousand that one part of it holds; that is remembered until anything happens. What is
 * searched for beyond one page is not counted: null.
 */
export async function countListed(asked: Counting, filter: ProblemFilter, page: ProblemPage): Promise<Total | null> {
  if (filter.before === null && page.next === null) return { count: page.problems.length, isExact: true };
  if (filter.q !== "") return null;
  const today = dayOf(asked.at);
  const those = conditions(asked.town, filter, today);
  if (those.length === 1) return { count: page.numbered, isExact: true };
  const list = `${today}?${filterQuery({ ...filter, before: null, order: WHOLE_LEDGER.order })}`;
  const total = asked.totals.find(list, page) ?? (await counted(asked, list, filter, those));
  const shown = page.problems.length + (page.next === null ? 0 : 1);
  return total.isExact ? total : { ...total, count: Math.max(total.count, shown) };
}

type Counted = Moment & { readonly count: number; readonly looked: number };

async function counted(
  { town, totals }: Counting,
  list: string,
  filter: ProblemFilter,
  those: readonly RawBuilder<unknown>[],
): Promise<Total> {
  const { count, looked, ...moment } = await countFiltered(town, filter, those);
  const total = { count: Math.min(count, MOST_LOOKED_AT), isExact: looked <= MOST_LOOKED_AT };
  totals.keep(list, moment, total);
  return total;
}

async function countFiltered(town: Town, filter: ProblemFilter, those: readonly RawBuilder<unknown>[]): Promise<Counted> {
  const { rows } = await sql<Counted>`${those.length <= MOST_KEPT_CONDITIONS ? keptPlan() : sql``}
    select count(*) filter (where ${sql.join(those, sql` and `)})::int as count, count(*)::int as looked, ${momentOf(town)} from (
      select p.town, p.status, p.theme, p.unit, p.village, p.campaign, p.category, p.due_on, p.amber_on, p.rectified_on
      from ledger.problem p where p.town = ${town.id} and ${partOf(filter)} order by p.ordinal desc limit ${ONE_MORE}
    ) p`.execute(town.db);
  const [row] = rows;
  if (row === undefined) throw new Error("couldn't count a list: the database answered nothing");
  return row;
}

/** The part of a filter that one index in the ledger's order knows; of several, the one that leaves the fewest entries. */
function partOf({ unit, village, category, campaign, theme, status, light }: ProblemFilter): RawBuilder<unknown> {
  if (unit !== null) return sql`p.unit = ${unit}`;
  if (village !== null) return sql`p.village = ${village}`;
  if (theme !== null && status !== null) return sql`p.theme = ${theme} and p.status = ${status}`;
  if (theme !== null) return sql`p.theme = ${theme}`;
  if (category !== null) return sql`p.category = ${category}`;
  if (isOfWork(light)) return IN_HAND;
  if (status !== null) return sql`p.status = ${status}`;
  return campaign === null ? sql`true` : sql`p.campaign = ${campaign}`;
}
