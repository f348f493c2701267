import { sql, type RawBuilder } from "kysely";
import { z } from "zod";
import { judgeable } from "#platform/characters";
import { lowestIdAt } from "#platform/ids";
import { addDays, dayTyped, startOf, type Day } from "#platform/instant";
import { optionalWholeNumber } from "#platform/numbers";
import type { Town } from "#platform/town";

/** Which leaves an address asks for: of one day, of one problem, behind a leaf; every part may be absent or empty. */
export const LeafFilter = z.object({
  on: z
    .string()
    .default("")
    .transform((typed) => (judgeable(typed) === "" ? null : (dayTyped(typed) ?? "")))
    .refine((day) => day !== ""),
  /** Of a problem, as typed. */
  number: z.string().default("").transform(judgeable),
  before: optionalWholeNumber(0, Number.MAX_SAFE_INTEGER),
});

/** The leaves of a day, of a problem, or of both; those that happened before the leaf `before`, when one is named. */
export type AskedLeaves = { readonly on: Day | null; readonly number: string | null; readonly before: number | null };

/** `next` is the last of them when more follow it: whoever asks for what is before it goes on from there. */
export type LeafList = { readonly leaves: readonly ListedLeaf[]; readonly next: number | null };
export type ListedLeaf = { readonly leaf: number; readonly entry: string };

const MOST_LEAVES = 50;

/**
 * The latest first, in the order of what happened. One stretch of an index whatever is asked for, as long as a page: ids begin with
 * their moment, so a day is a range of ids, and a town's own are together.
 */
export async function listLeaves(town: Town, asked: AskedLeaves): Promise<LeafList> {
  const { rows } = await (asked.number === null ? leavesOfTown(town, asked) : leavesOfNumber(town, asked)).execute(town.db);
  const leaves = rows.slice(0, MOST_LEAVES);
  return { leaves, next: rows.length > MOST_LEAVES ? (leaves.at(-1)?.leaf ?? null) : null };
}

function leavesOfTown(town: Town, asked: AskedLeaves) {
  return sql<ListedLeaf>`
    select l.number as leaf, l.entry from log.leaf l where l.town = ${town.id} ${within(town, sql.ref("l.event"), asked)}
    order by l.event desc limit ${MOST_LEAVES + 1}`;
}

function leavesOfNumber(town: Town, asked: AskedLeaves) {
  return sql<ListedLeaf>`
    select l.number as leaf, l.entry from audit.event e join log.leaf l on l.town = e.town and l.event = e.id
    where e.town = ${town.id} and e.subject = (select p.id from ledger.problem p where p.town = ${town.id} and p.number = ${asked.number})
      ${within(town, sql.ref("e.id"), asked)}
    order by e.id desc limit ${MOST_LEAVES + 1}`;
}

function within(town: Town, event: RawBuilder<unknown>, { on, before }: AskedLeaves): RawBuilder<unknown> {
  const ofDay =
    on === null ? sql`` : sql`and ${event} >= ${lowestIdAt(startOf(on))}::uuid and ${event} < ${lowestIdAt(startOf(addDays(on, 1)))}::uuid`;
  const earlier = before === null ? sql`` : sql`and ${event} < (select event from log.leaf where town = ${town.id} and number = ${before})`;
  return sql`${ofDay} ${earlier}`;
}
