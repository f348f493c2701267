import { sql, type RawBuilder } from "kysely";
import type { Status } from "#ledger/problem";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";
import type { FigureName } from "./figures.ts";

/** What one entry adds to a figure: `counted` to its numerator, `of` to its denominator. */
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

/** The entries a figure counts, newest first: what stands behind the number, every one of it. */
export async function listCounted(
  town: Town,
  figure: FigureName,
  before: string | null,
  limit: number,
  at: Date,
  today: Day,
): Promise<CountedPage> {
  const { rows } = await sql<Row>`
    select t.directory_version as "directoryVersion", e.*
    from people.town t left join lateral (${entriesOf(town, figure, before, at, today)} limit ${limit + 1}) e on true
    where t.town = ${town.id}`.execute(town.db);
  const version = rows[0]?.directoryVersion;
  if (version === undefined) throw new Error(`couldn't list what ${figure} counts: no town ${town.id}`);
  const entries = rows.filter((row) => row.key !== null);
  const shown = entries.slice(0, limit);
  return { version, entries: shown, next: entries.length > limit ? (shown.at(-1)?.key ?? null) : null };
}

/** Whether a text can be the `before` of a figure's page. */
export function isKeyOf(figure: FigureName, key: string): boolean {
  return figure === "response" || figure === "relapse" ? /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key) : /^\d{11}$/.test(key);
}

function entriesOf(town: Town, figure: FigureName, before: string | null, at: Date, today: Day): RawBuilder<unknown> {
  if (figure === "response") return repliesIn(town, before, at);
  if (figure === "relapse") return lookBacksOf(town, before);
  return problemsOf(town, before, today, ADDS[figure]);
}

/** What a problem adds: which problems, how much, and the day that is shown with it. */
type Adds = {
  readonly which: (today: Day) => RawBuilder<unknown>;
  readonly counted: RawBuilder<unknown>;
  readonly of: RawBuilder<unknown>;
  readonly on: RawBuilder<unknown>;
};

const answered = () => sql`p.answered_count > 0`;
const ADDS: Readonly<Record<Exclude<FigureName, "response" | "relapse">, Adds>> = {
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
};

function problemsOf(town: Town, before: string | null, today: Day, adds: Adds): RawBuilder<unknown> {
  return sql`
    select p.ordinal::text as key, ${adds.counted} as counted, ${adds.of} as "of", p.number, p.title, p.status, p.unit,
      ${adds.on} as "on", p.rectified_on as "doneOn", coalesce(p.due_on > p.original_due_on, false) as extended, null as channel
    from ledger.problem p
    where p.town = ${town.id} and p.status <> 'dismissed' and ${adds.which(today)}
      and ${before === null ? sql`true` : sql`p.ordinal < ${before}::bigint`}
    order by p.ordinal desc`;
}

function lookBacksOf(town: Town, before: string | null): RawBuilder<unknown> {
  return sql`
    select l.id::text as key, (l.outcome = 'relapsed')::int as counted, 1 as "of", p.number, p.title, p.status, p.unit,
      l.due_on as "on", (l.done_at at time zone 'Asia/Shanghai')::date as "doneOn", false as extended, null as channel
    from verification.look_back l join ledger.problem p on p.town = l.town and p.id = l.problem
    where l.town = ${town.id} and l.outcome is not null and ${before === null ? sql`true` : sql`l.id < ${before}::uuid`}
    order by l.id desc`;
}

/** Of a report only its door, its day and whether it was answered in time; the problem's number once it has one. */
function repliesIn(town: Town, before: string | null, at: Date): RawBuilder<unknown> {
  return sql`
    select r.id::text as key, coalesce(r.first_answered_at <= coalesce(r.first_reply_due_at, 'infinity'), false)::int as counted, 1 as "of",
      p.number, p.title, p.status, p.unit, (r.received_at at time zone 'Asia/Shanghai')::date as "on",
      (r.first_answered_at at time zone 'Asia/Shanghai')::date as "doneOn", false as extended, r.channel
    from intake.report r left join ledger.problem p on p.town = r.town and p.id = r.problem
    where r.town = ${town.id} and (r.first_answered_at is not null or r.status = 'received' and r.first_reply_due_at <= ${at})
      and ${before === null ? sql`true` : sql`r.id < ${before}::uuid`}
    order by r.id desc`;
}
