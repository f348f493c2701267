import { sql, type RawBuilder } from "kysely";
import { hasDuty, type Officer } from "#people/officer";
import { involvedIn, unitsAbove } from "#ledger/involvement";
import { PROBLEM_COLUMNS, type Problem } from "#ledger/problem";
import { numberOf } from "#ledger/problem-number";
import { DAY_MS, type Day } from "#platform/instant";
import type { Town } from "#platform/town";

/** What an officer is waited for. */
export const STEPS = [
  "triage",
  "assign",
  "decide-extension",
  "decide-dismissal",
  "settle-answer",
  "post-notice",
  "resume",
  "close",
  "check",
  "decide-objection",
  "look-back",
  "decide-suspension",
  "decide-second-extension",
  "work-late",
  "work-soon",
  "work",
  "with-verifier",
  "overdue",
  "soon",
] as const;
export type Step = (typeof STEPS)[number];

/** Nothing is counted further than this: a queue costs the same at a hundred and at a million. */
export const ENOUGH = 100;

/** One thing waiting: a problem, or (`triage`) a report with the instant its reply is due. */
export type Task = { readonly step: Step; readonly subject: string; readonly due: Day | null; readonly replyDueAt: Date | null };

export type Waiting = { readonly mine: number; readonly reports: number };

/** Everything that waits for an officer by duty, in one round trip; each step at most `ENOUGH` rows, most urgent first. */
export async function listTasks(town: Town, by: Officer, at: Date, today: Day): Promise<readonly Task[]> {
  const queues = queuesOf(town.id, by, at, today);
  if (queues.length === 0) return [];
  const { rows } =
    await sql<Task>`select step, subject, due, reply_due_at as "replyDueAt" from (${sql.join(queues, sql` union all `)}) task`.execute(
      town.db,
    );
  return rows;
}

/** The sidebar's counts: what waits for this officer, and the reports nobody has dealt with. */
export async function countWaiting(town: Town, by: Officer, at: Date, today: Day): Promise<Waiting> {
  return tally(await listTasks(town, by, at, today), at);
}

/** A problem counts once, however much of it waits; of the reports only those whose reply is overdue. */
export function tally(tasks: readonly Task[], at: Date): Waiting {
  const reports = tasks.filter((task) => task.step === "triage");
  const late = reports.filter((task) => task.replyDueAt !== null && task.replyDueAt <= at).length;
  const problems = new Set(tasks.filter((task) => isOwed(task.step)).map((task) => task.subject));
  return { mine: problems.size + late, reports: reports.length };
}

/** The problems behind some numbers as they were typed, newest first; unknown numbers are left out. */
export async function findProblemsByNumber(town: Town, numbers: readonly string[]): Promise<readonly Problem[]> {
  const known = numbers.flatMap((typed) => numberOf(typed) ?? []);
  if (known.length === 0) return [];
  return town.db
    .selectFrom("ledger.problem as p")
    .select(PROBLEM_COLUMNS)
    .where("p.town", "=", town.id)
    .where("p.number", "in", known)
    .orderBy("p.ordinal", "desc")
    .execute();
}

/** The problem a typed number stands for, or null. */
export async function findProblemByNumber(town: Town, typed: string): Promise<string | null> {
  const number = numberOf(typed);
  if (number === null) return null;
  const row = await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", town.id)
    .where("number", "=", number)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** A report an officer has just registered at the desk: theirs alone, for a day. */
export async function findJustRegistered(town: Town, report: string, by: Officer, at: Date) {
  const row = await town.db
    .selectFrom("intake.report as r")
    .leftJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "r.town").onRef("p.id", "=", "r.problem"))
    .select(["r.id", "r.title", "r.first_reply_due_at as firstReplyDueAt", "p.number"])
    .where("r.town", "=", town.id)
    .where("r.id", "=", report)
    .where("r.registered_by", "=", by.id)
    .where("r.received_at", ">", new Date(at.getTime() - DAY_MS))
    .executeTakeFirst();
  return row ?? null;
}

/** Whether a step is the officer's to take: what is only watched is not. */
export function isOwed(step: Step): boolean {
  return step !== "triage" && step !== "soon" && step !== "with-verifier";
}

export type WaitingReport = { readonly id: string; readonly title: string; readonly firstReplyDueAt: Date | null };

/** Reports nobody has dealt with, the most urgent reply first. */
export async function listWaitingReports(town: Town, count: number): Promise<readonly WaitingReport[]> {
  return town.db
    .selectFrom("intake.report")
    .select(["id", "title", "first_reply_due_at as firstReplyDueAt"])
    .where("town", "=", town.id)
    .where("status", "=", "received")
    .orderBy("first_reply_due_at")
    .orderBy("id")
    .limit(count)
    .execute();
}

/** The problems among some ids, by id. */
export async function findProblems(town: Town, ids: readonly string[]): Promise<ReadonlyMap<string, Problem>> {
  if (ids.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("ledger.problem as p")
    .select(PROBLEM_COLUMNS)
    .where("p.town", "=", town.id)
    .where("p.id", "in", [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Problems (`p`) a leader answers for, and those of a handler's unit or of a unit above it. */
export function mineOf(town: string, by: Officer): RawBuilder<unknown> {
  const scopes = [
    ...(hasDuty(by, "leader") ? [sql`p.leaders @> array[${by.id}::uuid]`] : []),
    ...(hasDuty(by, "handler") ? [sql`p.unit = any (${unitsAbove(town, sql`${by.unit}::uuid`)})`] : []),
  ];
  return scopes.length === 0 ? sql`false` : sql`(${sql.join(scopes, sql` or `)})`;
}

type Queue = RawBuilder<unknown>;

function queuesOf(town: string, by: Officer, at: Date, today: Day): readonly Queue[] {
  const queues: Queue[] = [];
  if (hasDuty(by, "clerk", "office")) queues.push(reportsWaiting(town));
  if (hasDuty(by, "office")) queues.push(...officeQueues(town, by, at, today));
  if (hasDuty(by, "verifier")) queues.push(...verifierQueues(town, by, today));
  if (hasDuty(by, "secretary")) queues.push(suspensions(town), extensions(town, by, "decide-second-extension"));
  if (hasDuty(by, "leader", "handler")) queues.push(work(town, by, today), withVerifier(town, by));
  if (hasDuty(by, "office", "secretary")) queues.push(overdue(town, today), soon(town, today));
  return queues;
}

function officeQueues(town: string, by: Officer, at: Date, today: Day): readonly Queue[] {
  return [
    problems(
      "assign",
      town,
      sql`p.status = 'opened' and not exists (select from ledger.dismissal d where d.town = p.town and d.problem = p.id
          and d.decision is null)`,
      sql`p.ordinal`,
    ),
    extensions(town, by, "decide-extension"),
    sql`(select 'decide-dismissal', d.problem, null::date, null::timestamptz from ledger.dismissal d
      where d.town = ${town} and d.decision is null and d.proposed_by <> ${by.id}::uuid order by d.id limit ${ENOUGH})`,
    // Suspensions end by themselves on their day; one that is still there on the day after could not.
    problems("resume", town, sql`p.status = 'suspended' and p.resume_on < ${today}::date`, sql`p.resume_on`),
    verified("settle-answer", town, sql`${unsettledNo}`),
    verified("post-notice", town, sql`n.id is null and not ${unsettledNo}`),
    verified(
      "close",
      town,
      sql`n.last_day < ${today}::date and not ${unsettledNo} and not ${openObjection} and not exists (
      select from verification.question q where q.town = p.town and q."check" = c.id and q.open_until > ${at}
        and not exists (select from verification.answer a where a.town = q.town and a.question = q.id))`,
    ),
  ];
}

function verifierQueues(town: string, by: Officer, today: Day): readonly Queue[] {
  return [
    problems("check", town, sql`p.status = 'rectified' and not ${involvedIn(town, by)}`, sql`p.ordinal`),
    sql`(select 'decide-objection', o.problem, null::date, null::timestamptz from verification.objection o
      where o.town = ${town} and o.decision is null order by o.id limit ${ENOUGH})`,
    sql`(select 'look-back', l.problem, l.due_on, null::timestamptz from verification.look_back l
      where l.town = ${town} and l.outcome is null and l.dropped_at is null and l.due_on <= ${today}::date order by l.due_on
        limit ${ENOUGH})`,
  ];
}

const unsettledNo = sql`exists (select from verification.question q join verification.answer a on a.town = q.town and a.question = q.id
  where q.town = p.town and q."check" = c.id and not a.solved
    and not exists (select from verification.overruling o
      where o.town = q.town and o.question = q.id and o.overruled_at >= a.answered_at))`;

const openObjection = sql`exists (select from verification.objection o where o.town = p.town and o.problem = p.id and o.decision is null)`;

// The first select of the union names the columns; every queue may be the first.
function problems(step: Step, town: string, where: RawBuilder<unknown>, order: RawBuilder<unknown>): Queue {
  return sql`(select ${step}::text as step, p.id as subject, p.due_on as due, null::timestamptz as reply_due_at from ledger.problem p
    where p.town = ${town} and ${where} order by ${order} limit ${ENOUGH})`;
}

// The gate is asked of the oldest verified problems only; whoever settles them meets the next ones.
const VERIFIED_LOOKED_AT = 300;

/** Verified problems with the check that passed them (`c`) and its notice, if posted (`n`). */
function verified(step: Step, town: string, where: RawBuilder<unknown>): Queue {
  return sql`(select ${step}::text as step, p.id as subject, p.due_on as due, null::timestamptz as reply_due_at
    from (select v.town, v.id, v.due_on, v.ordinal from ledger.problem v where v.town = ${town} and v.status = 'verified'
      order by v.ordinal limit ${VERIFIED_LOOKED_AT}) p
    cross join lateral (select k.id from verification.check k where k.town = p.town and k.problem = p.id order by k.id desc limit 1) c
    left join verification.notice n on n.town = p.town and n."check" = c.id
    where ${where} order by p.ordinal limit ${ENOUGH})`;
}

function reportsWaiting(town: string): Queue {
  return sql`(select 'triage'::text as step, r.id as subject, null::date as due, r.first_reply_due_at as reply_due_at from intake.report r
    where r.town = ${town} and r.status = 'received' order by r.first_reply_due_at, r.id limit ${ENOUGH})`;
}

/** The office decides first extensions, never of problems the officer answers for; the secretary decides every later one. */
function extensions(town: string, by: Officer, step: "decide-extension" | "decide-second-extension"): Queue {
  const earlier = sql`exists (select from ledger.extension g where g.town = e.town and g.problem = e.problem and g.decision = 'granted')`;
  const which = step === "decide-extension" ? sql`not ${earlier}` : earlier;
  return sql`(select ${step}::text as step, p.id as subject, p.due_on as due, null::timestamptz as reply_due_at from ledger.extension e
    join ledger.problem p on p.town = e.town and p.id = e.problem
    where e.town = ${town} and e.decision is null and not p.leaders @> array[${by.id}::uuid] and ${which} order by e.id limit ${ENOUGH})`;
}

function suspensions(town: string): Queue {
  return sql`(select 'decide-suspension'::text as step, s.problem as subject, null::date as due,
      null::timestamptz as reply_due_at from ledger.suspension s
    where s.town = ${town} and s.decision is null order by s.id limit ${ENOUGH})`;
}

/**
 * Each list from its own index: the leader's entries, and of every unit the most urgent. Asked for both at once in order of their days,
 * PostgreSQL walks through everybody's work until it has found enough of theirs.
 */
function work(town: string, by: Officer, today: Day): Queue {
  const assigned = sql`p.town = ${town} and p.status = 'assigned'`;
  const lists = [
    ...(hasDuty(by, "leader") ? [sql`select p.* from ledger.problem p where ${assigned} and p.leaders @> array[${by.id}::uuid]`] : []),
    ...(hasDuty(by, "handler")
      ? [
          sql`select p.* from unnest(${unitsAbove(town, sql`${by.unit}::uuid`)}) u (id)
            cross join lateral (select p.* from ledger.problem p where ${assigned} and p.unit = u.id order by p.due_on limit ${ENOUGH}) p`,
        ]
      : []),
  ];
  const queued = lists.map(
    (list) => sql`
    select (case when p.due_on < ${today}::date then 'work-late' when p.amber_on <= ${today}::date then 'work-soon'
      else 'work' end)::text as step,
      p.id as subject, p.due_on as due, null::timestamptz as reply_due_at from (${list} offset 0) p`,
  );
  return sql`(select * from (${sql.join(queued, sql` union `)}) mine order by due limit ${ENOUGH})`;
}

function withVerifier(town: string, by: Officer): Queue {
  return problems("with-verifier", town, sql`p.status = 'rectified' and ${mineOf(town, by)}`, sql`p.ordinal`);
}

function overdue(town: string, today: Day): Queue {
  return problems("overdue", town, sql`p.status = 'assigned' and p.due_on < ${today}::date`, sql`p.due_on`);
}

function soon(town: string, today: Day): Queue {
  return problems("soon", town, sql`p.status = 'assigned' and p.due_on >= ${today}::date and p.amber_on <= ${today}::date`, sql`p.due_on`);
}
