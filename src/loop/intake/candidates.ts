import { boxAround, metresBetween, type Position } from "#standards/geo/position";
import type { Status } from "#ledger/problem";
import { inTime } from "#platform/in-time";
import type { Town } from "#platform/town";
import { sql } from "kysely";
import { ANYWHERE, comparable, HERE, likenessOf, longestOf, pairsOfPlaces } from "./likeness.ts";
import { tellingQuery } from "./telling-words.ts";

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
  readonly why: Why;
};

/** Why a problem is shown: the words both have, how far it lies from what is sought (null where that is not known), the same village. */
export type Why = { readonly both: string; readonly metres: number | null; readonly sameVillage: boolean };

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
/** Of each way of looking the latest so many are compared: a bound, far above what any real village has open. */
const MOST_COMPARED = 300;
/** As much of a text as is compared. */
const COMPARED_CHARACTERS = 600;
/** Ten times what it takes at a million problems (docs/performance.md): a page never waits longer for this. */
const LOOK_MS = 500;

/**
 * Open problems within 250 m or in the same village that are told in like words, whatever their category: who reports does not know the
 * town's categories. Where neither place nor village is said, those of the whole town that are told in much the same words. The likest
 * first, at most five. Null: it took too long to look, and nothing is known.
 */
export async function findCandidates(town: Town, sought: Sought): Promise<readonly Candidate[] | null> {
  const telling = await tellingQuery(town, "ledger.problem", sought.text, sought.village);
  const open = await inTime(town, LOOK_MS, (town) => openLike(town, sought, telling));
  return open === null ? null : likest(open, sought);
}

type Open = Omit<Candidate, "why"> & { readonly told: string; readonly lon: number | null; readonly lat: number | null };
type Compared = Open & { readonly villageName: string | null };

function likest(open: readonly Compared[], sought: Sought): readonly Candidate[] {
  const floor = positionOf(sought) === null && sought.village === null ? ANYWHERE : HERE;
  const places = pairsOfPlaces(open.flatMap(({ villageName }) => villageName ?? []));
  const text = sought.text.slice(0, COMPARED_CHARACTERS);
  const pairs = comparable(text, places);
  const like = open.flatMap((problem) => {
    const told = comparable(problem.told, places);
    const alike = likenessOf(pairs, told, floor);
    return alike === null ? [] : [{ alike, told, problem }];
  });
  return like
    .sort((a, b) => b.alike - a.alike || (a.problem.number < b.problem.number ? 1 : -1))
    .slice(0, MOST_CANDIDATES)
    .map(({ told, problem }) => candidateOf(problem, sought, longestOf(text, pairs.intersection(told))));
}

function candidateOf({ lon, lat, villageName: _name, told: _told, ...problem }: Compared, sought: Sought, both: string): Candidate {
  const from = positionOf(sought);
  const metres = from === null || lon === null || lat === null ? null : Math.round(metresBetween(from, { lon, lat }));
  return { ...problem, why: { both, metres, sameVillage: sought.village !== null && problem.village === sought.village } };
}

function positionOf({ lon, lat }: Sought): Position | null {
  return lon === null || lat === null ? null : { lon, lat };
}

/** The latest of the village, what lies near, and what has the telling words there; each problem once. */
async function openLike(town: Town, sought: Sought, telling: string | null): Promise<readonly Compared[]> {
  const from = positionOf(sought);
  const near = from === null ? [] : await openNear(town, from);
  const latest = from !== null && sought.village === null ? [] : await inPlace(town, sought).execute();
  const told = telling === null || (from !== null && sought.village === null) ? [] : await openTold(town, sought, telling);
  return [...new Map([...latest, ...near, ...told].map((problem) => [problem.id, problem])).values()];
}

function openOf(town: Town) {
  return town.db
    .selectFrom("ledger.problem as p")
    .leftJoin("people.village as v", (join) => join.onRef("v.town", "=", "p.town").onRef("v.id", "=", "p.village"))
    .select(["p.id", "p.number", "p.title", "p.place", "p.village", "p.status", "p.lon", "p.lat", "p.version"])
    .select(["p.me_too_count as meTooCount", "p.opened_at as openedAt", "v.name_zh as villageName"])
    .select(sql<string>`left(p.title || ' ' || p.place || ' ' || p.details, ${COMPARED_CHARACTERS})`.as("told"))
    .where("p.town", "=", town.id)
    .where("p.status", "not in", ["closed", "dismissed"])
    .orderBy("p.ordinal", "desc")
    .limit(MOST_COMPARED);
}

/** Of the village; of the whole town where none is said. */
function inPlace(town: Town, { village }: Sought) {
  return village === null ? openOf(town) : openOf(town).where("p.village", "=", village);
}

/** The word index is asked first: the planner would rather walk the ledger from its end. */
function openTold(town: Town, sought: Sought, telling: string) {
  const found = sql<string>`any (array(
    select f.id from ledger.problem f where f.town = ${town.id} and f.search @@ ${telling}::tsquery
      and f.status not in ('closed', 'dismissed') limit ${MOST_COMPARED * 10}))`;
  return inPlace(town, sought).where("p.id", "=", found).execute();
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
