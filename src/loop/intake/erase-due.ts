import { sql } from "kysely";
import { SYSTEM } from "#audit/append-event";
import { eachByItself } from "#platform/each-by-itself";
import { addDays, dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { eraseIdentity } from "#vault/erase-identity";
import { askOn, holdingsToAsk, type Place } from "#vault/holdings";
import { askAnew } from "./ask-anew.ts";

const AT_ONCE = 500;

/**
 * Nightly: who sent a report is erased once nothing has happened in its matter for as long as its category keeps it: since the last
 * word of a report that opened nothing, since the last event of a problem that is closed or dismissed. One still worked on keeps all.
 * Goes on until none is left, some at a time, by the day on which each is worth asking; returns how many were erased. What fails
 * keeps its day, is overdue from then on, and stops nobody behind it.
 */
export async function eraseDue(town: Town, at: Date): Promise<number> {
  await askAnew(town, at);
  return eachByItself(due(town, at), "erase identities that are due", async ({ report }) => {
    await eraseIdentity(town, SYSTEM, at, { report, because: "retention" });
    return true;
  });
}

/** What is due, a batch at a time; whatever is not is given another day to ask. */
async function* due(town: Town, at: Date): AsyncGenerator<Place> {
  for (let last: Place | null = null; ;) {
    const batch: readonly Place[] = await holdingsToAsk(town, dayOf(at), last, AT_ONCE);
    const judged = await judge(town, at, batch);
    await askOn(
      town,
      judged.filter(({ isDue }) => !isDue),
    );
    yield* judged.filter(({ isDue }) => isDue);
    if (batch.length < AT_ONCE) return;
    last = batch.at(-1) ?? null;
  }
}

type Judged = Place & { readonly isDue: boolean };

/**
 * Whether each is due now, else the earliest day on which it could be. Where the matter is not over that day is a whole retention away:
 * if it ended this moment, nothing could be due before.
 */
async function judge(town: Town, at: Date, batch: readonly Place[]): Promise<readonly Judged[]> {
  const ids = batch.map(({ report }) => report);
  const { rows } = await sql<{ report: string; due: Date }>`
    select r.id as report,
           case when r.status <> 'received' and (p.id is null or p.status in ('closed', 'dismissed') or r.status = 'withdrawn')
                then greatest(r.received_at, said.at, happened.at)
                else ${at}::timestamptz end + make_interval(days => c.days) as due
    from (select town, id, status, received_at, category, problem from intake.report
        where town = ${town.id} and id = any(${ids}::uuid[])
      union all select town, id, status, received_at, category, problem from intake.sealed_report
        where town = ${town.id} and id = any(${ids}::uuid[])) r
    cross join lateral (select min(c.retention_days) as days from limits.category c
      where c.town = r.town and c.id = coalesce(r.category, c.id)) c
    left join ledger.problem p on p.town = r.town and p.id = r.problem
    cross join lateral (select max(w.at) as at from (
      select said_at as at from intake.word where town = r.town and report = r.id
      union all select said_at from intake.sealed_word where town = r.town and report = r.id) w) said
    cross join lateral (select max(e.at) as at from audit.event e where e.town = p.town and e.subject = p.id) happened
    where r.town = ${town.id}`.execute(town.db);
  return rows.map(({ report, due }) => ({ report, isDue: due < at, askOn: later(dayOf(due), addDays(dayOf(at), 1)) }));
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
