import { boxAround, metresBetween, type Position } from "#standards/geo/position";
import type { Status } from "#ledger/problem";
import type { Town } from "#platform/town";
import { comparable, likenessOf } from "./likeness.ts";

/** A problem that may be the same: a person decides, never the machine. */
export type Candidate = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly place: string;
  readonly village: string | null;
  readonly status: Status;
  readonly meTooCount: number;
  readonly version: number;
  readonly openedAt: Date;
  /** Why it is shown: what both say, and how far it lies from what is sought; null where only the village is the same. */
  readonly both: string;
  readonly metres: number | null;
};

/** A report, or a draft of one, as far as it says what and where. */
export type Sought = {
  readonly village: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly text: string;
};

/** What lies so near may be the same. */
export const NEAR_M = 250;
const MOST_CANDIDATES = 5;
// The latest of a village that has more open than this are compared: a bound, far above any real village.
const MOST_COMPARED = 300;

/**
 * Open problems within 250 m or in the same village that are told in like words, whatever their category: who reports does not know the
 * town's categories. The likest first, at most five.
 */
export async function findCandidates(town: Town, sought: Sought): Promise<readonly Candidate[]> {
  const from = sought.lon === null || sought.lat === null ? null : { lon: sought.lon, lat: sought.lat };
  const inVillage = sought.village === null ? [] : await openOf(town).where("p.village", "=", sought.village).execute();
  const near = from === null ? [] : await openNear(town, from);
  const each = new Map([...inVillage, ...near].map((problem) => [problem.id, problem]));
  const places = [...new Set([...each.values()].flatMap(({ villageName }) => (villageName === null ? [] : [villageName])))];
  const pairs = comparable(sought.text, places);
  return [...each.values()]
    .flatMap(({ lon, lat, villageName: _name, details, ...problem }) => {
      const like = likenessOf(sought.text, pairs, comparable(`${problem.title} ${problem.place} ${details}`, places));
      const metres = from === null || lon === null || lat === null ? null : Math.round(metresBetween(from, { lon, lat }));
      return like === null ? [] : [{ alike: like.alike, candidate: { ...problem, both: like.both, metres } }];
    })
    .sort((a, b) => b.alike - a.alike || (a.candidate.number < b.candidate.number ? 1 : -1))
    .slice(0, MOST_CANDIDATES)
    .map(({ candidate }) => candidate);
}

function openOf(town: Town) {
  return town.db
    .selectFrom("ledger.problem as p")
    .leftJoin("people.village as v", (join) => join.onRef("v.town", "=", "p.town").onRef("v.id", "=", "p.village"))
    .select(["p.id", "p.number", "p.title", "p.details", "p.place", "p.village", "p.status", "p.lon", "p.lat", "p.version"])
    .select(["p.me_too_count as meTooCount", "p.opened_at as openedAt", "v.name_zh as villageName"])
    .where("p.town", "=", town.id)
    .where("p.status", "not in", ["closed", "dismissed"])
    .orderBy("p.ordinal", "desc")
    .limit(MOST_COMPARED);
}

async function openNear(town: Town, from: Position) {
  const { west, east, south, north } = boxAround(from, NEAR_M);
  const boxed = await openOf(town)
    .where("p.lat", ">=", south)
    .where("p.lat", "<=", north)
    .where("p.lon", ">=", west)
    .where("p.lon", "<=", east)
    .execute();
  return boxed.filter(({ lon, lat }) => lon !== null && lat !== null && metresBetween(from, { lon, lat }) <= NEAR_M);
}
