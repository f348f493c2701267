import { sql } from "kysely";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";
import type { Measure } from "./amounts.ts";
import { TALLIES } from "./follow-tallies.ts";

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
  /** How often those were called or visited in vain. */
  readonly silentAttempts: number;
  /** Of the problems counted in `on-time`, those whose due day was moved later: an extension, a suspension or a relapse. */
  readonly extended: number;
};

export type FiguresOfSums = {
  readonly town: FigureSet;
  readonly byUnit: ReadonlyMap<string, FigureSet>;
  readonly byCampaign: ReadonlyMap<string, FigureSet>;
};

/** What figures are of. */
export type UpTo = {
  readonly version: number;
  /** How many leaves of the town's log they count: the same for whoever counts the log up to there. */
  readonly leaves: number;
  /** How many more leaves the log has that they do not count yet. */
  readonly behind: number;
};

export type Figures = FiguresOfSums & UpTo;

/** The share as a number from 0 to 1, or null where there are too few to say (people.policy.few_entries). */
export function rateOf(share: Share, few: number): number | null {
  return share.of < few || share.of === 0 ? null : share.counted / share.of;
}

/** Every figure, what is due as of the start of `today`, from the tallies: the same cost however long the ledger is. */
export async function readFigures(town: Town, today: Day): Promise<Figures> {
  const { rows } = await sql<Sum>`
    select ${UP_TO}, s.measure, s.campaign, s.unit, s.amount
    from ${FOLLOWED} left join lateral (
      select measure, campaign, unit, sum(amount)::bigint as amount from publication.tally
      where town = t.town and day < ${today}::date group by measure, campaign, unit
    ) s on true where t.town = ${town.id}`.execute(town.db);
  return { ...figuresOf(rows), ...upTo(town, rows) };
}

/** Whose figures: the town's, or a unit's, or a campaign's. */
export type Circle = { readonly unit: string | null; readonly campaign: string | null };

/** The figures of one circle. */
export async function readCircle(town: Town, today: Day, { unit, campaign }: Circle): Promise<FigureSet & UpTo> {
  const { rows } = await sql<Sum>`
    select ${UP_TO}, s.measure, null as campaign, null as unit, s.amount
    from ${FOLLOWED} left join lateral (
      select measure, sum(amount)::bigint as amount from publication.tally
      where town = t.town and day < ${today}::date and ${unit === null ? sql`true` : sql`unit = ${unit}`}
        and ${campaign === null ? sql`true` : sql`campaign = ${campaign}`} group by measure
    ) s on true where t.town = ${town.id}`.execute(town.db);
  return { ...figureSet(rows), ...upTo(town, rows) };
}

/** What the home page says first: the campaign under way, or the whole ledger when there is none. */
export type HomeFigures = FigureSet & UpTo & { readonly campaign: string | null };

export async function homeFigures(town: Town, today: Day): Promise<HomeFigures> {
  const { rows } = await sql<Sum>`
    with running as (
      select id from ledger.campaign where town = ${town.id} and starts_on <= ${today}::date and ends_on >= ${today}::date
        order by starts_on desc, id limit 1
    )
    select ${UP_TO}, r.id as campaign, null as unit, s.measure, s.amount
    from ${FOLLOWED} left join running r on true left join lateral (
      select measure, sum(amount)::bigint as amount from publication.tally
      where town = t.town and day < ${today}::date and (r.id is null or campaign = r.id) group by measure
    ) s on true where t.town = ${town.id}`.execute(town.db);
  return { ...figureSet(rows), ...upTo(town, rows), campaign: rows[0]?.campaign ?? null };
}

const UP_TO = sql`t.directory_version as version, coalesce(c.position, 0) as leaves,
  greatest(coalesce(k.size, 0) - coalesce(c.position, 0), 0) as behind`;

const FOLLOWED = sql`people.town t
  left join log.cursor c on c.town = t.town and c.follower = ${TALLIES.name} left join log.tree k on k.town = t.town`;

/** A part of a figure; without a measure where there is none at all. */
type Part = {
  readonly measure: Measure | null;
  readonly campaign: string | null;
  readonly unit: string | null;
  readonly amount: number | null;
};
type Sum = Part & UpTo;

/** The figures that parts come to, in all, by unit and by campaign. */
export function figuresOf(parts: readonly Part[]): FiguresOfSums {
  return {
    town: figureSet(parts),
    byUnit: grouped(parts, ({ unit }) => unit),
    byCampaign: grouped(parts, ({ campaign }) => campaign),
  };
}

function upTo(town: Town, rows: readonly Sum[]): UpTo {
  const [first] = rows;
  if (first === undefined) throw new Error(`couldn't read the figures: no town ${town.id}`);
  return { version: first.version, leaves: first.leaves, behind: first.behind };
}

function figureSet(rows: readonly Pick<Part, "measure" | "amount">[]): FigureSet {
  const sums = new Map<Measure, number>();
  for (const { measure, amount } of rows) if (measure !== null) sums.set(measure, (sums.get(measure) ?? 0) + (amount ?? 0));
  const of = (measure: Measure) => sums.get(measure) ?? 0;
  return {
    problems: of("problems"),
    closed: of("closed"),
    overdue: of("overdue"),
    silent: of("silent"),
    silentAttempts: of("silent_attempts"),
    extended: of("extended"),
    response: { counted: of("replied_in_time"), of: of("replied") + of("unanswered") },
    resolution: { counted: of("solved"), of: of("answered") },
    claim: { counted: of("due_closed"), of: of("due") },
    satisfaction: { counted: of("satisfied"), of: of("answered") },
    "on-time": { counted: of("on_time"), of: of("timed") },
    relapse: { counted: of("relapsed"), of: of("looked_back") },
  };
}

function grouped(rows: readonly Part[], by: (row: Part) => string | null): ReadonlyMap<string, FigureSet> {
  const groups = new Map<string, Part[]>();
  for (const row of rows) {
    const key = by(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return new Map([...groups].map(([key, group]) => [key, figureSet(group)]));
}
