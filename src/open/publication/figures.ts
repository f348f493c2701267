import { sql } from "kysely";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";

/** The figures of the ledger (rules of the ledger §5); `claim` is a unit's own and never stands without `resolution`. */
export const FIGURES = ["response", "resolution", "claim", "satisfaction", "on-time", "relapse"] as const;
export type FigureName = (typeof FIGURES)[number];

/** So many of so many. */
export type Share = { readonly counted: number; readonly of: number };

/** Every figure of one circle (the town, a campaign, a unit), and the counts that must be shown beside them. */
export type FigureSet = Readonly<Record<FigureName, Share>> & {
  readonly problems: number;
  readonly closed: number;
  readonly overdue: number;
  /** Reporters asked whose window is over without an answer: shown beside satisfaction, counted in nothing. */
  readonly silent: number;
  /** Of the problems counted in `on-time`, those whose due day was moved later: an extension, a suspension or a relapse. */
  readonly extended: number;
};

export type Figures = {
  readonly version: number;
  readonly town: FigureSet;
  readonly byUnit: ReadonlyMap<string, FigureSet>;
  readonly byCampaign: ReadonlyMap<string, FigureSet>;
};

/** The share as a number from 0 to 1, or null where there are too few to say (limits.policy.few_entries). */
export function rateOf(share: Share, few: number): number | null {
  return share.of < few || share.of === 0 ? null : share.counted / share.of;
}

/** Every figure as of the start of `today`, from the tallies: the same cost however long the ledger is. */
export async function readFigures(town: Town, at: Date, today: Day): Promise<Figures> {
  const { rows } = await sql<Sum>`
    select t.directory_version as version, s.measure, s.campaign, s.unit, s.amount
    from people.town t left join lateral (
      select measure, campaign, unit, sum(amount)::bigint as amount from publication.tally
      where town = ${town.id} and day < ${today}::date group by measure, campaign, unit
      union all ${unanswered(town, at)}
    ) s on true where t.town = ${town.id}`.execute(town.db);
  return {
    version: versionOf(town, rows),
    town: figureSet(rows),
    byUnit: grouped(rows, (row) => row.unit),
    byCampaign: grouped(rows, (row) => row.campaign),
  };
}

/** What the home page says first: the campaign under way, or the whole ledger when there is none. */
export type HomeFigures = FigureSet & { readonly version: number; readonly campaign: string | null };

export async function homeFigures(town: Town, today: Day): Promise<HomeFigures> {
  const { rows } = await sql<Sum>`
    with running as (
      select id from ledger.campaign where town = ${town.id} and starts_on <= ${today}::date and ends_on >= ${today}::date
        order by starts_on desc, id limit 1
    )
    select t.directory_version as version, s.measure, r.id as campaign, null as unit, s.amount
    from people.town t left join running r on true left join lateral (
      select measure, sum(amount)::bigint as amount from publication.tally
      where town = t.town and day < ${today}::date and (r.id is null or campaign = r.id) group by measure
    ) s on true where t.town = ${town.id}`.execute(town.db);
  return { ...figureSet(rows), version: versionOf(town, rows), campaign: rows[0]?.campaign ?? null };
}

type Measure =
  | "problems"
  | "closed"
  | "due"
  | "due_closed"
  | "overdue"
  | "timed"
  | "on_time"
  | "extended"
  | "answered"
  | "solved"
  | "satisfied"
  | "silent"
  | "looked_back"
  | "relapsed"
  | "replied"
  | "replied_in_time"
  | "unanswered";

type Sum = {
  readonly version: number;
  readonly measure: Measure | null;
  readonly campaign: string | null;
  readonly unit: string | null;
  readonly amount: number | null;
};

/** Reports nobody has answered and whose limit has passed, counted where they lie. */
function unanswered(town: Town, at: Date) {
  return sql`select 'unanswered', null, null, count(*) from intake.report
    where town = ${town.id} and status = 'received' and first_reply_due_at <= ${at}`;
}

function versionOf(town: Town, rows: readonly Sum[]): number {
  const version = rows[0]?.version;
  if (version === undefined) throw new Error(`couldn't read the figures: no town ${town.id}`);
  return version;
}

function figureSet(rows: readonly Sum[]): FigureSet {
  const sums = new Map<Measure, number>();
  for (const { measure, amount } of rows) if (measure !== null) sums.set(measure, (sums.get(measure) ?? 0) + (amount ?? 0));
  const of = (measure: Measure) => sums.get(measure) ?? 0;
  return {
    problems: of("problems"),
    closed: of("closed"),
    overdue: of("overdue"),
    silent: of("silent"),
    extended: of("extended"),
    response: { counted: of("replied_in_time"), of: of("replied") + of("unanswered") },
    resolution: { counted: of("solved"), of: of("answered") },
    claim: { counted: of("due_closed"), of: of("due") },
    satisfaction: { counted: of("satisfied"), of: of("answered") },
    "on-time": { counted: of("on_time"), of: of("timed") },
    relapse: { counted: of("relapsed"), of: of("looked_back") },
  };
}

function grouped(rows: readonly Sum[], by: (row: Sum) => string | null): ReadonlyMap<string, FigureSet> {
  const groups = new Map<string, Sum[]>();
  for (const row of rows) {
    const key = by(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return new Map([...groups].map(([key, group]) => [key, figureSet(group)]));
}
