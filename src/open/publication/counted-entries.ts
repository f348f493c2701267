import { sql, type RawBuilder } from "kysely";
import type { Status } from "#ledger/problem";
import { dayOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { FIGURES, type Circle, type FigureName } from "./figures.ts";

/** The counts that stand beside the figures. */
export const COUNTS = ["problems", "closed", "overdue", "extended", "silent"] as const;
export type CountName = (typeof COUNTS)[number];

/** Every number the figures show; each opens. */
export const COUNTED = [...FIGURES, ...COUNTS] as const;
export type Counted = FigureName | CountName;

export function isFigure(counted: Counted): counted is FigureName {
  return FIGURES.some((figure) => figure === counted);
}

/** What one entry adds to a number: `counted` to a figure's numerator, `of` to its denominator; to a count, `of`. */
export type CountedEntry = {
  /** `before` for the page that begins after this entry. */
  readonly key: string;
  readonly counted: number;
  readonly of: number;
  /** The problem, when the ledger may tell it: a report that is not public has none. */
  readonly number: string | null;
  readonly title: string | null;
  readonly status: Status | null;
  readonly unit: string | null;
  /** Day the report came, the problem was due, the look-back was done. */
  readonly on: Day | null;
  readonly doneOn: Day | null;
  /** The due day was moved later. */
  readonly extended: boolean;
  readonly channel: string | null;
};

export type CountedPage = { readonly version: number; readonly entries: readonly CountedEntry[]; readonly next: string | null };

type Row = { readonly directoryVersion: number } & (CountedEntry | { readonly key: null });

/** A page of entries: `before` is the key the page before ended with, null for the newest. */
export type ListCounted = { readonly counted: Counted; readonly circle: Circle; readonly before: string | null; readonly limit: number };

/** The entries a number counts as of the start of the day, newest first: what stands behind it, every one. */
export async function listCounted(town: Town, at: Date, what: ListCounted): Promise<CountedPage> {
  const { rows } = await sql<Row>`
    select t.directory_version as "directoryVersion", e.*
    from people.town t left join lateral (${entriesOf(town, at, what)} limit ${what.limit + 1}) e on true
    where t.town = ${town.id}`.execute(town.db);
  const version = rows[0]?.directoryVersion;
  if (version === undefined) throw new Error(`couldn't list what ${what.counted} counts: no town ${town.id}`);
  const entries = rows.filter((row) => row.key !== null);
  const shown = entries.slice(0, what.limit);
  return { version, entries: shown, next: entries.length > what.limit ? (shown.at(-1)?.key ?? null) : null };
}

/** Whether a text can be the `before` of a number's page. */
export function isKeyOf(counted: Counted, key: string): boolean {
  return isOfProblems(counted) ? /^\d{11}$/.test(key) : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key);
}

function isOfProblems(counted: Counted): counted is keyof typeof ADDS {
  return counted in ADDS;
}

function entriesOf(town: Town, at: Date, { counted, circle, before }: ListCounted): RawBuilder<unknown> {
  const within = sql.join(
    [
      ...(circle.unit === null ? [] : [sql`p.unit = ${circle.unit}`]),
      ...(circle.campaign === null ? [] : [sql`p.campaign = ${circle.campaign}`]),
      sql`true`,
    ],
    sql` and `,
  );
  if (isOfProblems(counted)) return problemsOf(town, at, { before, within }, ADDS[counted]);
  return OTHERS[counted](town, at, { before, within });
}

/** Which entries of a number: those older than a key, within a circle (a condition on the problem `p`). */
type Cut = { readonly before: string | null; readonly within: RawBuilder<unknown> };

const OTHERS: Readonly<Record<Exclude<Counted, keyof typeof ADDS>, (town: Town, at: Date, cut: Cut) => RawBuilder<unknown>>> = {
  response: repliesIn,
  relapse: lookBacksOf,
  silent: silencesOf,
};

/** What a problem adds: which problems, how much, and the day that is shown with it. */
type Adds = {
  readonly which: (today: Day) => RawBuilder<unknown>;
  readonly counted: RawBuilder<unknown>;
  readonly of: RawBuilder<unknown>;
  readonly on: RawBuilder<unknown>;
};

const answered = () => sql`p.answered_count > 0`;
const one = { counted: sql`1`, of: sql`1`, on: sql`p.due_on` };
const ADDS = {
  problems: { which: () => sql`true`, ...one },
  closed: { which: () => sql`p.status = 'closed'`, ...one },
  overdue: { which: (today) => sql`p.due_on < ${today}::date and p.status in ('opened', 'assigned')`, ...one },
  extended: {
    which: (today) => sql`p.original_due_on < ${today}::date and p.due_on > p.original_due_on`,
    ...one,
    on: sql`p.original_due_on`,
  },
  resolution: { which: answered, counted: sql`p.solved_count`, of: sql`p.answered_count`, on: sql`p.due_on` },
  satisfaction: { which: answered, counted: sql`p.satisfied_count`, of: sql`p.answered_count`, on: sql`p.due_on` },
  claim: {
    which: (today) => sql`p.due_on < ${today}::date and p.status <> 'suspended'`,
    counted: sql`(p.status = 'closed')::int`,
    of: sql`1`,
    on: sql`p.due_on`,
  },
  "on-time": {
    which: (today) => sql`p.original_due_on < ${today}::date and p.status <> 'suspended'`,
    counted: sql`coalesce(p.rectified_on <= p.original_due_on, false)::int`,
    of: sql`1`,
    on: sql`p.original_due_on`,
  },
} as const satisfies Partial<Record<Counted, Adds>>;

function problemsOf(town: Town, at: Date, { before, within }: Cut, adds: Adds): RawBuilder<unknown> {
  return sql`
    select p.ordinal::text as key, ${adds.counted} as counted, ${adds.of} as "of", p.number, p.title, p.status, p.unit,
      ${adds.on} as "on", p.rectified_on as "doneOn", coalesce(p.due_on > p.original_due_on, false) as extended, null as channel
    from ledger.problem p
    where p.town = ${town.id} and p.status <> 'dismissed' and ${adds.which(dayOf(at))} and ${within}
      and ${before === null ? sql`true` : sql`p.ordinal < ${before}::bigint`}
    order by p.ordinal desc`;
}

function lookBacksOf(town: Town, _at: Date, { before, within }: Cut): RawBuilder<unknown> {
  return sql`
    select l.id::text as key, (l.outcome = 'relapsed')::int as counted, 1 as "of", p.number, p.title, p.status, p.unit,
      l.due_on as "on", (l.done_at at time zone 'Asia/Shanghai')::date as "doneOn", false as extended, null as channel
    from verification.look_back l join ledger.problem p on p.town = l.town and p.id = l.problem
    where l.town = ${town.id} and l.outcome is not null and p.status <> 'dismissed' and ${within}
      and ${before === null ? sql`true` : sql`l.id < ${before}::uuid`}
    order by l.id desc`;
}

/** Questions that nobody had answered when the problem was struck off, while it is: of the reporter only the problem is told. */
function silencesOf(town: Town, _at: Date, { before, within }: Cut): RawBuilder<unknown> {
  return sql`
    select q.id::text as key, 1 as counted, 1 as "of", p.number, p.title, p.status, p.unit,
      (q.open_until at time zone 'Asia/Shanghai')::date as "on", null::date as "doneOn", false as extended, null as channel
    from verification.question q join ledger.problem p on p.town = q.town and p.id = q.problem
    where q.town = ${town.id} and p.status = 'closed' and p.silent_count > 0 and ${within}
      and q."check" = (select c."check" from verification.closing c where c.town = q.town and c.problem = q.problem
        order by c.id desc limit 1)
      and not exists (select from verification.answer a where a.town = q.town and a.question = q.id)
      and not exists (select from ledger.joined_report j
        where j.town = q.town and j.problem = q.problem and j.report = q.report
          and (j.withdrawn_at <= p.closed_on::timestamptz or j.separated_at is not null))
      and ${before === null ? sql`true` : sql`q.id < ${before}::uuid`}
    order by q.id desc`;
}

/** Of a report only its door, its day and whether it was answered before it was said to be overdue; the problem's number, if any. */
function repliesIn(town: Town, _at: Date, { before, within }: Cut): RawBuilder<unknown> {
  return sql`
    select r.id::text as key, (r.first_answered_at is not null and r.overdue_at is null)::int as counted, 1 as "of",
      p.number, p.title, p.status, p.unit, (r.received_at at time zone 'Asia/Shanghai')::date as "on",
      (r.first_answered_at at time zone 'Asia/Shanghai')::date as "doneOn", false as extended, r.channel
    from (
      select town, id, status, channel, problem, received_at, first_answered_at, overdue_at from intake.report
      union all select town, id, 'referred', channel, null, received_at, first_answered_at, overdue_at from intake.passed_report
    ) r left join ledger.problem p on p.town = r.town and p.id = r.problem
    where r.town = ${town.id} and (r.first_answered_at is not null or r.status = 'received' and r.overdue_at is not null)
      and ${within} and ${before === null ? sql`true` : sql`r.id < ${before}::uuid`}
    order by r.id desc`;
}
