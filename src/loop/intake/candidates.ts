import { boxAround, metresBetween, type Position } from "#standards/geo/position";
import type { Status } from "#ledger/problem";
import { nearnessOf, pairsOf } from "#platform/nearness";
import type { Town } from "#platform/town";

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
};

/** A report, or a draft of one, as far as it says what and where. */
export type Sought = {
  readonly category: string;
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
// What a text says in its first two thousand characters tells it from another.
const COMPARED_CHARACTERS = 2000;

/** Open problems of the same category within 250 m or in the same village, the likest text first, at most five. */
export async function findCandidates(town: Town, sought: Sought): Promise<readonly Candidate[]> {
  if (sought.category === "") return [];
  const from = sought.lon === null || sought.lat === null ? null : { lon: sought.lon, lat: sought.lat };
  const inVillage = sought.village === null ? [] : await openOf(town, sought.category).where("village", "=", sought.village).execute();
  const near = from === null ? [] : await openNear(town, sought.category, from);
  const each = new Map([...inVillage, ...near].map((problem) => [problem.id, problem]));
  const pairs = pairsOf(sought.text.slice(0, COMPARED_CHARACTERS));
  return [...each.values()]
    .map((problem) => ({ problem, alike: nearnessOf(pairs, pairsOf(beginningOf(problem))).alike }))
    .sort((a, b) => b.alike - a.alike || (a.problem.number < b.problem.number ? 1 : -1))
    .slice(0, MOST_CANDIDATES)
    .map(({ problem: { details: _details, lon: _lon, lat: _lat, ...candidate } }) => candidate);
}

function openOf(town: Town, category: string) {
  return town.db
    .selectFrom("ledger.problem")
    .select([
      "id",
      "number",
      "title",
      "details",
      "place",
      "village",
      "status",
      "lon",
      "lat",
      "me_too_count as meTooCount",
      "version",
      "opened_at as openedAt",
    ])
    .where("town", "=", town.id)
    .where("category", "=", category)
    .where("status", "not in", ["closed", "dismissed"])
    .orderBy("ordinal", "desc")
    .limit(MOST_COMPARED);
}

async function openNear(town: Town, category: string, from: Position) {
  const { west, east, south, north } = boxAround(from, NEAR_M);
  const boxed = await openOf(town, category)
    .where("lat", ">=", south)
    .where("lat", "<=", north)
    .where("lon", ">=", west)
    .where("lon", "<=", east)
    .execute();
  return boxed.filter(({ lon, lat }) => lon !== null && lat !== null && metresBetween(from, { lon, lat }) <= NEAR_M);
}

function beginningOf({ title, details, place }: { readonly title: string; readonly details: string; readonly place: string }): string {
  return `${title} ${place} ${details}`.slice(0, COMPARED_CHARACTERS);
}
