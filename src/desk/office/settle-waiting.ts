import { sql } from "kysely";
import { readStandings } from "#ledger/standing";
import type { Town } from "#platform/town";
import { findRounds } from "#verification/find-round";
import { waitingOn, type Waiting } from "./waiting.ts";

/**
 * Writes anew what these problems wait for, as of the caller's transaction, which holds their rows: the house does so before every commit
 * that changes one (platform/settling.ts). Nobody else writes the rows of a problem meanwhile, and a crash loses both or neither.
 */
export async function settleWaiting(town: Town, changed: ReadonlySet<string>): Promise<void> {
  const problems = await problemsOf(town, [...changed]);
  if (problems.length === 0) return;
  const rows = await judgeWaiting(town, problems);
  await sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        problem uuid, step text, since timestamptz, "dueOn" date, "amberOn" date, leaders uuid[], unit uuid,
        "closedTo" uuid[], "closedUnits" uuid[])
    ), gone as (
      delete from office.waiting w where w.town = ${town.id} and w.problem = any (${problems}::uuid[])
        and not exists (select from told t where t.problem = w.problem and t.step = w.step)
    )
    insert into office.waiting as w (town, problem, step, since, due_on, amber_on, leaders, unit, closed_to, closed_units)
    select ${town.id}, problem, step, since, "dueOn", "amberOn", leaders, unit, "closedTo", "closedUnits" from told
    on conflict on constraint waiting_pkey do update
      set since = excluded.since, due_on = excluded.due_on, amber_on = excluded.amber_on, leaders = excluded.leaders,
        unit = excluded.unit, closed_to = excluded.closed_to, closed_units = excluded.closed_units
      where (w.since, w.due_on, w.amber_on, w.leaders, w.unit, w.closed_to, w.closed_units)
        is distinct from (excluded.since, excluded.due_on, excluded.amber_on, excluded.leaders, excluded.unit,
          excluded.closed_to, excluded.closed_units)`.execute(town.db);
}

/** The problems among what changed, and those that answer a report among it. */
async function problemsOf(town: Town, changed: readonly string[]): Promise<readonly string[]> {
  if (changed.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select p.id from ledger.problem p where p.town = ${town.id} and p.id = any (${changed}::uuid[])
    union select j.problem from ledger.joined_report j where j.town = ${town.id} and j.report = any (${changed}::uuid[])
      and j.separated_at is null`.execute(town.db);
  return rows.map(({ id }) => id);
}

export type WaitingRow = Waiting & { readonly problem: string };

/** What these problems wait for as the rules say it now, whatever the rows say. */
export async function judgeWaiting(town: Town, problems: readonly string[]): Promise<readonly WaitingRow[]> {
  const standings = await readStandings(town, problems);
  const rounds = await findRounds(town, [...standings.keys()]);
  return [...standings].flatMap(([problem, standing]) => {
    const round = rounds.get(problem);
    return round === undefined ? [] : waitingOn({ standing, round }).map((waiting) => ({ problem, ...waiting }));
  });
}
