import { sql } from "kysely";
import { readStandings } from "#ledger/standing";
import type { Town } from "#platform/town";
import { findRounds } from "#verification/find-round";
import { callBacksOn, type CallBack } from "./calling-back.ts";
import { waitingOn, type Waiting } from "./waiting.ts";

/**
 * Writes anew what these problems wait for, as of the caller's transaction, which holds their rows: the house does so before every commit
 * that changes one (platform/settling.ts). Nobody else writes the rows of a problem meanwhile, and a crash loses both or neither.
 */
export async function settleWaiting(town: Town, changed: ReadonlySet<string>): Promise<void> {
  const problems = await problemsOf(town, [...changed]);
  if (problems.length === 0) return;
  const { waiting, callBacks } = await judgeWaiting(town, problems);
  await sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) as r (
        problem uuid, step text, since timestamptz, "dueOn" date, "amberOn" date, leaders uuid[], unit uuid,
        "closedTo" uuid[], "closedUnits" uuid[])
    ), gone as (
      delete from office.waiting w where w.town = ${town.id} and w.problem = any (${problems}::uuid[])
        and not exists (select from told t where t.problem = w.problem and t.step = w.step)
    ), called as (
      select * from jsonb_to_recordset(${JSON.stringify(callBacks)}::jsonb) as r (
        problem uuid, question uuid, since timestamptz, until timestamptz, "byPhone" boolean, "closedTo" uuid[], "closedUnits" uuid[])
    ), not_called as (
      delete from office.call_back c where c.town = ${town.id} and c.problem = any (${problems}::uuid[])
        and not exists (select from called t where t.question = c.question)
    ), to_call as (
      -- Who has a reporter before them keeps them, whatever else happens to the problem.
      insert into office.call_back as c (town, question, problem, since, until, by_phone, closed_to, closed_units)
      select ${town.id}, question, problem, since, until, "byPhone", "closedTo", "closedUnits" from called
      on conflict on constraint call_back_pkey do update
        set since = excluded.since, until = excluded.until, by_phone = excluded.by_phone,
          closed_to = excluded.closed_to, closed_units = excluded.closed_units
        where (c.since, c.until, c.by_phone, c.closed_to, c.closed_units)
          is distinct from (excluded.since, excluded.until, excluded.by_phone, excluded.closed_to, excluded.closed_units)
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
export type CallBackRow = CallBack & { readonly problem: string };

type Rows = { readonly waiting: readonly WaitingRow[]; readonly callBacks: readonly CallBackRow[] };

/** What these problems wait for as the rules say it now, whatever the rows say. */
export async function judgeWaiting(town: Town, problems: readonly string[]): Promise<Rows> {
  const standings = await readStandings(town, problems);
  const rounds = await findRounds(town, [...standings.keys()]);
  const judged = [...standings].flatMap(([problem, standing]) => {
    const round = rounds.get(problem);
    return round === undefined ? [] : [{ problem, of: { standing, round } }];
  });
  return {
    waiting: judged.flatMap(({ problem, of }) => waitingOn(of).map((waiting) => ({ problem, ...waiting }))),
    callBacks: judged.flatMap(({ problem, of }) => callBacksOn(of).map((callBack) => ({ problem, ...callBack }))),
  };
}
