import { sql, type RawBuilder } from "kysely";
import type { Light } from "#ledger/problem";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";
import type { ProblemFilter } from "./problem-filter.ts";
import { IN_HAND } from "./problem-order.ts";

/** What a filter asks of the row `p`, whatever is searched for and wherever a page begins. */
export function conditions(town: Town, filter: ProblemFilter, today: Day): readonly RawBuilder<unknown>[] {
  const those = [sql`p.town = ${town.id}`];
  if (filter.theme !== null) those.push(sql`p.theme = ${filter.theme}`);
  if (filter.status !== null) those.push(sql`p.status = ${filter.status}`);
  if (filter.unit !== null) those.push(sql`p.unit = ${filter.unit}`);
  if (filter.village !== null) those.push(sql`p.village = ${filter.village}`);
  if (filter.campaign !== null) those.push(sql`p.campaign = ${filter.campaign}`);
  if (filter.category !== null) those.push(sql`p.category = ${filter.category}`);
  if (filter.light !== null) those.push(LIT[filter.light](today));
  return those;
}

/** Whether only what is in hand has this light. */
export function isOfWork(light: Light | null): boolean {
  return light !== null && light !== "grey";
}

/**
 * `lightOf` (#ledger/problem) as a condition on the row; a property test keeps the two in step. That it is in hand stands by itself, for
 * the index.
 */
const LIT: Readonly<Record<Light, (today: Day) => RawBuilder<unknown>>> = {
  grey: () => sql`p.status in ('closed', 'dismissed', 'suspended')`,
  red: (today) =>
    sql`${IN_HAND} and (p.status in ('opened', 'assigned') and p.due_on < ${today}::date or p.status in ('rectified', 'verified')
        and p.rectified_on > p.due_on)`,
  amber: (today) => sql`p.status in ('opened', 'assigned') and p.due_on >= ${today}::date and p.amber_on <= ${today}::date`,
  green: (today) =>
    sql`${IN_HAND} and (p.status in ('opened', 'assigned') and (p.due_on is null or p.due_on >= ${today}::date and (p.amber_on is null
        or p.amber_on > ${today}::date)) or p.status in ('rectified', 'verified') and (p.due_on is null or p.rectified_on <= p.due_on))`,
};
