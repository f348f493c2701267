import { sql, type RawBuilder } from "kysely";
import { NEAR_M } from "#intake/candidates";
import { nearnessOf, pairsOf } from "#platform/nearness";
import type { Town } from "#platform/town";
import { boxAround, metresBetween } from "#standards/geo/position";
import type { Finding } from "#verification/flag";

const WITHIN_DAYS = 30;
/** As far north as the country reaches, where a degree of longitude is shortest. */
const NORTHERNMOST = { lon: 0, lat: 54 };
const { north, east } = boxAround(NORTHERNMOST, NEAR_M);
const BOX = { lat: north - NORTHERNMOST.lat, lon: east - NORTHERNMOST.lon };
/** How much of the place's words a report from the same village must share: in a village the same thing goes wrong in many a spot. */
const SAME_SPOT = 0.5;
/** With so many a report is compared at most, in its village and near it. */
const MOST_COMPARED = 200;

type Pair = {
  readonly problem: string;
  readonly report: string;
  readonly receivedAt: Date;
  readonly title: string;
  readonly place: string;
  readonly reportText: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly reportLon: number | null;
  readonly reportLat: number | null;
  readonly sameVillage: boolean;
};

/**
 * A new report of the same category, or of none yet, within 250 metres of a closed problem, or from the same spot of its village, within
 * 30 days. The category and the village say too little: something of it is reported every few weeks (with loosely matching words 108
 * honest closings of 1,000 were flagged, 10 are allowed). So the report must also call what is wrong by a word the problem has.
 */
export async function cameBack(town: Town, reports: readonly string[]): Promise<readonly Finding[]> {
  if (reports.length === 0) return [];
  return (await closedBefore(town, reports)).flatMap((pair) => {
    const metres = metresOf(pair);
    const near = metres !== null && metres <= NEAR_M;
    const told = pairsOf(pair.reportText);
    const spot = pair.sameVillage && nearnessOf(pairsOf(pair.place === "" ? pair.title : pair.place), told).retold >= SAME_SPOT;
    const words = nearnessOf(pairsOf(withoutPlace(pair)), told).retold;
    if (!(near || spot) || words === 0) return [];
    const about = {
      report: pair.report,
      receivedAt: pair.receivedAt.toISOString(),
      metres: metres === null ? null : Math.round(metres),
      alike: Math.round(words * 100) / 100,
    };
    return [{ kind: "came-back" as const, problem: pair.problem, mark: pair.report, about }];
  });
}

/** What is wrong, without the words that say where. */
function withoutPlace({ title, place }: Pair): string {
  return place === "" ? title : title.replaceAll(place, "");
}

function metresOf({ lon, lat, reportLon, reportLat }: Pair): number | null {
  if (lon === null || lat === null || reportLon === null || reportLat === null) return null;
  return metresBetween({ lon, lat }, { lon: reportLon, lat: reportLat });
}

/** Each report with the problems of its category, there or near, that stand closed for no longer. */
async function closedBefore(town: Town, reports: readonly string[]): Promise<readonly Pair[]> {
  const closed = (where: RawBuilder<unknown>) => sql`(
    select p.id, p.title, p.place, p.village, p.lon, p.lat from ledger.problem p
    where p.town = r.town and p.category = any (r.categories) and p.status = 'closed'
      and p.closed_on between r.received_at::date - ${WITHIN_DAYS + 1}::int and r.received_at::date + 1 and ${where}
      and exists (select from verification.closing c where c.town = p.town and c.problem = p.id
        and c.closed_at < r.received_at and c.closed_at >= r.received_at - make_interval(days => ${WITHIN_DAYS}))
    limit ${MOST_COMPARED})`;
  const { rows } = await sql<Pair>`
    select p.id as problem, r.id as report, r.received_at as "receivedAt", p.title, p.place,
      r.title || ' ' || r.details || ' ' || r.place as "reportText",
      p.lon, p.lat, r.lon as "reportLon", r.lat as "reportLat", coalesce(r.village = p.village, false) as "sameVillage"
    from (select r.*, case when r.category is null then of_town.ids else array[r.category] end as categories from intake.report r
      cross join (select array(select c.id from limits.category c where c.town = ${town.id}) as ids) of_town
      where r.town = ${town.id} and r.id = any (${[...reports]}::uuid[])) r
    cross join lateral (
      ${closed(sql`p.village = r.village`)}
      union ${closed(sql`p.lat between r.lat - ${BOX.lat}::float8 and r.lat + ${BOX.lat}::float8 and abs(p.lon - r.lon) <= ${BOX.lon}`)}
    ) p
    where r.status <> 'withdrawn' order by r.id, p.id`.execute(town.db);
  return rows;
}
