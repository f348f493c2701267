import { sql } from "kysely";
import { NEAR_M } from "#intake/candidates";
import { lowestIdAt } from "#platform/ids";
import { DAY_MS } from "#platform/instant";
import { nearnessOf, pairsOf } from "#platform/nearness";
import type { Town } from "#platform/town";
import { boxAround, metresBetween } from "#standards/geo/position";
import { MOST_COMPARED, type Finding } from "./flag.ts";

const WITHIN_DAYS = 30;
/** As far north as the country reaches, where a degree of longitude is shortest. */
const NORTHERNMOST = { lon: 0, lat: 54 };
const { north, east } = boxAround(NORTHERNMOST, NEAR_M);
const BOX = { lat: north - NORTHERNMOST.lat, lon: east - NORTHERNMOST.lon };
/** How much of the place's words a report from the same village must share: in a village the same thing goes wrong in many a spot. */
const SAME_SPOT = 0.5;

type Pair = {
  readonly problem: string;
  readonly closing: string;
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
 * A new report of the same category within 250 metres of a closed problem, or from the same spot of its village, within 30 days. The
 * category and the village say too little: something of it is reported every few weeks (with loosely matching words 108 honest closings
 * of 1,000 were flagged, 10 are allowed). So the report must also call what is wrong by a word the problem has.
 */
export async function cameBack(town: Town, at: Date): Promise<readonly Finding[]> {
  return (await reportsAfterClosings(town, at)).flatMap((pair) => {
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

/** Closings and reports of the last two months; ids begin with their time, so only those reports are read. */
async function reportsAfterClosings(town: Town, at: Date): Promise<readonly Pair[]> {
  const from = new Date(at.getTime() - 2 * WITHIN_DAYS * DAY_MS);
  const { rows } = await sql<Pair>`
    select p.id as problem, c.id as closing, r.id as report, r.received_at as "receivedAt",
      p.title, p.place, r.title || ' ' || r.details || ' ' || r.place as "reportText",
      p.lon, p.lat, r.lon as "reportLon", r.lat as "reportLat", coalesce(r.village = p.village, false) as "sameVillage"
    from verification.closing c
    join ledger.problem p on p.town = c.town and p.id = c.problem
    join intake.report r on r.town = c.town and r.id >= ${lowestIdAt(from)} and r.category = p.category and r.status <> 'withdrawn'
      and r.received_at > c.closed_at and r.received_at <= c.closed_at + make_interval(days => ${WITHIN_DAYS})
      and (r.village = p.village or (abs(r.lat - p.lat) <= ${BOX.lat} and abs(r.lon - p.lon) <= ${BOX.lon}))
    where c.town = ${town.id} and c.closed_at >= ${from}
    order by r.id limit ${MOST_COMPARED}`.execute(town.db);
  return rows;
}
