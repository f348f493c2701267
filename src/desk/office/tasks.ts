import { sql, type RawBuilder } from "kysely";
import { hasDuty, type Officer } from "#people/officer";
import { formerlyInvolved, unitsAbove } from "#ledger/involvement";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { mayCallBack } from "./calling-back.ts";
import { TURN_STEPS, TURNS, type TurnStep } from "./waiting.ts";

/** A report that nobody has dealt with; one whose reporter says it was joined wrongly; one to which something was added, unread. */
export type ReportStep = "triage" | "disputed" | "words";

/** A reporter who may be called or visited: its subject is the question they were asked. */
export type CallBackStep = "call-back";

/** What an officer is waited for, or watches (`with-verifier`, `overdue`, `soon`). */
export type Step = ReportStep | CallBackStep | TurnStep | "work-late" | "work-soon" | "work" | "with-verifier" | "overdue" | "soon";

/** Nothing is counted further than this: a queue costs the same at a hundred and at a million. */
export const ENOUGH = 100;

/** One thing waiting: a problem; a report, to be triaged with the instant its reply is due; a reporter to call back. */
export type Task = { readonly step: Step; readonly subject: string; readonly due: Day | null; readonly replyDueAt: Date | null };

export type WaitingCounts = {
  readonly mine: number;
  readonly reports: number;
  readonly words: number;
  readonly callBacks: number;
};

export function isOfReport(step: Step): step is ReportStep {
  return step === "triage" || step === "disputed" || step === "words";
}

/**
 * Everything that waits for an officer, in one round trip; each step at most `ENOUGH` rows, what waits longest or is due first before the
 * others. Exactly what the gate would let them do now: the rows are written by its questions (waiting.ts).
 */
export async function listTasks(town: Town, by: Officer, at: Date, today: Day): Promise<readonly Task[]> {
  const queues = queuesOf(town.id, by, at, today);
  if (queues.length === 0) return [];
  const { rows } = await sql<Task>`
    with ${mineOf(town.id, by)}
    select step, subject, due, reply_due_at as "replyDueAt" from (${sql.join(queues, sql` union all `)}) task`.execute(town.db);
  return rows;
}

/** The sidebar's counts: this officer's list of today, reports nobody has dealt with, those with unread words, reporters to call back. */
export async function countWaiting(town: Town, by: Officer, at: Date, today: Day): Promise<WaitingCounts> {
  return tally(await listTasks(town, by, at, today));
}

export function tally(tasks: readonly Task[]): WaitingCounts {
  const at = (step: Step) => tasks.filter((task) => task.step === step).length;
  return { mine: listedToday(tasks).length, reports: at("triage"), words: at("words"), callBacks: at("call-back") };
}

/** What stands on the list of today: a problem or report once, with the first step that waits. What others do now is not on it. */
export function listedToday(tasks: readonly Task[]): readonly Task[] {
  return onePerSubject(tasks.filter(({ step }) => step !== "with-verifier"));
}

export function onePerSubject(tasks: readonly Task[]): readonly Task[] {
  const first = new Map<string, Task>();
  for (const task of tasks) if (!first.has(task.subject)) first.set(task.subject, task);
  return [...first.values()];
}

/** Whether a step is the officer's to take: what is only watched is not. */
export function isOwed(step: Step): boolean {
  return step !== "soon" && step !== "with-verifier";
}

/** A select of `step, subject, due, reply_due_at`, where `mine.units` are the officer's unit and those above it. */
type Queue = RawBuilder<unknown>;

function queuesOf(town: string, by: Officer, at: Date, today: Day): readonly Queue[] {
  const turns = TURN_STEPS.filter((step) => hasDuty(by, TURNS[step].duty));
  return [
    ...(hasDuty(by, "clerk", "office") ? [disputesWaiting(town), reportsWaiting(town), wordsWaiting(town)] : []),
    ...(mayCallBack(by) ? [callBacksWaiting(town, by, at)] : []),
    ...turns.map((step) => turnsOf(step, town, by, at)),
    ...(hasDuty(by, "leader", "handler") ? [work(town, by, today), withVerifier(town, by)] : []),
    ...(hasDuty(by, "office", "secretary") ? [overdue(town, today), soon(town, today)] : []),
  ];
}

/** The rows of a step that are open to this officer, what waits longest first. */
function turnsOf(step: TurnStep, town: string, by: Officer, at: Date): Queue {
  return sql`(select ${step}::text as step, w.problem as subject, w.due_on as due, null::timestamptz as reply_due_at from office.waiting w
    where w.town = ${town} and w.step = ${step} and w.since <= ${at} and not w.closed_to @> array[${by.id}::uuid]
      and not w.closed_units && (select units from mine)
      and not (w.closed_units <> '{}' and ${formerlyInvolved(town, by, sql`w.problem`)})
    order by w.since, w.problem limit ${ENOUGH})`;
}

function reportsWaiting(town: string): Queue {
  return sql`(select 'triage'::text as step, r.id as subject, null::date as due, r.first_reply_due_at as reply_due_at from intake.report r
    where r.town = ${town} and r.status = 'received' order by r.first_reply_due_at, r.id limit ${ENOUGH})`;
}

/** The few of which it is said lie in an index of their own (db/migrations/0340). */
function disputesWaiting(town: string): Queue {
  return sql`(select 'disputed'::text as step, r.id as subject, null::date as due, null::timestamptz as reply_due_at from intake.report r
    where r.town = ${town} and r.disputed_at is not null order by r.disputed_at, r.id limit ${ENOUGH})`;
}

/** Whether the row `c` of `office.call_back` is open now to this officer, where `mine.units` are their unit and those above it. */
export function isOpenCallBack(town: string, by: Officer, at: Date): RawBuilder<boolean> {
  return sql<boolean>`c.town = ${town} and c.until >= ${at} and c.since <= ${at} and not c.closed_to @> array[${by.id}::uuid]
    and not c.closed_units && (select units from mine)
    and not (c.closed_units <> '{}' and ${formerlyInvolved(town, by, sql`c.problem`)})`;
}

/** The officer's unit and those above it, for every queue of a statement. */
export function mineOf(town: string, by: Officer): RawBuilder<unknown> {
  return sql`mine as materialized (select ${unitsAbove(town, sql`${by.unit}::uuid`)} as units)`;
}

/** A partial index holds no others (db/migrations/0330): whatever a town was told in its years, this reads what waits. */
function wordsWaiting(town: string): Queue {
  return sql`(select 'words'::text as step, r.id as subject, null::date as due, null::timestamptz as reply_due_at from intake.report r
    where r.town = ${town} and r.unread_since is not null order by r.unread_since, r.id limit ${ENOUGH})`;
}

function callBacksWaiting(town: string, by: Officer, at: Date): Queue {
  return sql`(select 'call-back'::text as step, c.question as subject, null::date as due, null::timestamptz as reply_due_at
    from office.call_back c where ${isOpenCallBack(town, by, at)} order by c.until, c.question limit ${ENOUGH})`;
}

/**
 * Each list from its own index: the leader's entries, and of every unit the most urgent. Asked for both at once in order of their days,
 * PostgreSQL walks through everybody's work until it has found enough of theirs.
 */
function work(town: string, by: Officer, today: Day): Queue {
  const atWork = sql`w.town = ${town} and w.step = 'work'`;
  const lists = [
    ...(hasDuty(by, "leader")
      ? [sql`select w.problem, w.due_on, w.amber_on from office.waiting w where ${atWork} and w.leaders @> array[${by.id}::uuid]`]
      : []),
    ...(hasDuty(by, "handler")
      ? [
          sql`select p.problem, p.due_on, p.amber_on from mine, unnest(mine.units) u (id)
            cross join lateral (select w.* from office.waiting w where ${atWork} and w.unit = u.id order by w.due_on limit ${ENOUGH}) p`,
        ]
      : []),
  ];
  const step = sql`case when p.due_on < ${today}::date then 'work-late' when p.amber_on <= ${today}::date then 'work-soon' else 'work' end`;
  const queued = lists.map(
    (list) => sql`
    select (${step})::text as step, p.problem as subject, p.due_on as due, null::timestamptz as reply_due_at from (${list} offset 0) p`,
  );
  return sql`(select * from (${sql.join(queued, sql` union `)}) mine_at_work order by due limit ${ENOUGH})`;
}

/** What the officer's side declared rectified and a verifier has yet to check. */
function withVerifier(town: string, by: Officer): Queue {
  const whose = [
    ...(hasDuty(by, "leader") ? [sql`w.leaders @> array[${by.id}::uuid]`] : []),
    ...(hasDuty(by, "handler") ? [sql`w.unit = any ((select units from mine)::uuid[])`] : []),
  ];
  return sql`(
    select 'with-verifier'::text as step, w.problem as subject, w.due_on as due, null::timestamptz as reply_due_at from office.waiting w
    where w.town = ${town} and w.step = 'check' and (${sql.join(whose, sql` or `)}) order by w.since, w.problem limit ${ENOUGH})`;
}

function overdue(town: string, today: Day): Queue {
  return atWork("overdue", town, sql`w.due_on < ${today}::date`);
}

function soon(town: string, today: Day): Queue {
  return atWork("soon", town, sql`w.due_on >= ${today}::date and w.amber_on <= ${today}::date`);
}

function atWork(step: Step, town: string, which: RawBuilder<unknown>): Queue {
  return sql`(select ${step}::text as step, w.problem as subject, w.due_on as due, null::timestamptz as reply_due_at from office.waiting w
    where w.town = ${town} and w.step = 'work' and ${which} order by w.due_on, w.problem limit ${ENOUGH})`;
}
