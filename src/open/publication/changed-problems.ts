import { sql } from "kysely";
import type { Problem } from "#ledger/problem";
import { sizeOf } from "#log/queries";
import type { Town } from "#platform/town";
import { COLUMNS } from "./problem-columns.ts";

/** Entries as they are now that something happened to in the leaves from one on; `leaves` is how far the log was gone through for them. */
export type ChangedPage = {
  readonly version: number;
  readonly problems: readonly Problem[];
  readonly leaves: number;
  readonly isLast: boolean;
};

/** Of one page: a town's neighbours can make thousands of leaves on one entry in a week. */
const MOST_LEAVES = 1000;

/**
 * What changed, in the order of the public log, in which every event has one place of its own: whoever goes on from `leaves` misses
 * nothing, however many events share an instant, and whatever was committed late. An entry stands once on a page and again on a later one
 * when more happened to it.
 */
export async function listChanged(town: Town, since: number, limit: number): Promise<ChangedPage> {
  const { rows } = await sql<{ readonly leaf: number; readonly problem: string | null }>`
    select l.number as leaf, case when e.subject_kind = 'problem' then e.subject end as problem
    from log.leaf l join audit.event e on e.town = l.town and e.id = l.event
    where l.town = ${town.id} and l.number >= ${since} order by l.number limit ${MOST_LEAVES}`.execute(town.db);
  const changed = new Set<string>();
  for (const { leaf, problem } of rows) {
    if (problem === null || changed.has(problem)) continue;
    if (changed.size === limit) return { ...(await asTheyAre(town, changed)), leaves: leaf, isLast: false };
    changed.add(problem);
  }
  const last = rows.at(-1);
  const leaves = last === undefined ? Math.min(since, await sizeOf(town)) : last.leaf + 1;
  return { ...(await asTheyAre(town, changed)), leaves, isLast: rows.length < MOST_LEAVES };
}

/** How long the log was before an instant: what happened from then on has its place behind that. */
export async function leavesBefore(town: Town, at: Date): Promise<number> {
  const row = await town.db
    .selectFrom("log.checkpoint")
    .select("size")
    .where("town", "=", town.id)
    .where("signed_at", "<", at)
    .orderBy("signed_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.size ?? 0;
}

async function asTheyAre(town: Town, changed: ReadonlySet<string>) {
  const { rows } = await sql<{ readonly directoryVersion: number } & (Problem | { readonly id: null })>`
    select t.directory_version as "directoryVersion", p.*
    from people.town t left join (
      select ${COLUMNS}, c.position from unnest(${[...changed]}::uuid[]) with ordinality c (id, position)
      join ledger.problem p on p.town = ${town.id} and p.id = c.id
    ) p on true
    where t.town = ${town.id} order by p.position`.execute(town.db);
  const version = rows[0]?.directoryVersion;
  if (version === undefined) throw new Error(`couldn't list what changed: no town ${town.id}`);
  return { version, problems: rows.filter((row) => row.id !== null) };
}
